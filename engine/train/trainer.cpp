#include "train/trainer.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <map>

#include "core/error.h"
#include "core/noise.h"
#include "model/sampling/cuda_graph.h"

namespace drift {
namespace {

constexpr int steps_between_readings = 100;  // of losses, on a device
constexpr double beta1 = 0.9, beta2 = 0.999, adam_eps = 1e-8;

std::uint64_t mixed(std::uint64_t seed, std::int64_t step) {
    return random_bits({seed, static_cast<std::uint64_t>(step), 0}, draw_index(Draw::data, 5), 0);
}

// Biases, norms and embeddings are not decayed, as in the reference.
bool decays(const std::string& name, const at::Tensor& tensor) {
    return tensor.dim() >= 2 && !name.starts_with("act_emb");
}

}  // namespace

// Work of a step that was recorded, with the tensors that it reads and writes.
struct Trainer::Recorded {
    Batch batch;
    std::optional<CudaGraph> learning;
    struct Imagining {
        at::Tensor frames, actions, next;
        std::optional<CudaGraph> graph;
    };
    std::map<int, Imagining> imagining;  // by the number of denoising steps
};

Trainer::Trainer(const TrainingRecipe& recipe, std::shared_ptr<const EpisodeSource> source, at::Device device,
                 bool bf16, const Ranks& ranks)
    : recipe_(recipe), source_(std::move(source)), device_(device), bf16_(bf16), ranks_(ranks) {
    if (recipe_.parts < ranks.size())
        throw Error("training: expected at most " + std::to_string(recipe_.parts) +
                    " processes, one for each part of the batch, found " + std::to_string(ranks.size()));
    for (int part = recipe_.parts * ranks.rank() / ranks.size();
         part < recipe_.parts * (ranks.rank() + 1) / ranks.size(); ++part)
        parts_.emplace_back(recipe_, source_, part, device_);
    if (device_.is_cuda()) at::globalContext().setBenchmarkCuDNN(true);  // shapes are the same in each step
    at::manual_seed(recipe_.seed);
    model_ = cast(InnerModel(recipe_.network), at::kFloat, device_, false);
    model_.visit([&](const std::string& name, at::Tensor& tensor) {
        if (name.starts_with("noise")) return;  // Fourier weights are fixed
        tensor = tensor.detach().clone().requires_grad_(true);
        names_.push_back(name);
        learned_.push_back(tensor);
        average_.push_back(tensor.detach().clone());
        first_moment_.push_back(at::zeros_like(tensor));
        second_moment_.push_back(at::zeros_like(tensor));
    });
}

void Trainer::start_from(const InnerModel& model) {
    at::NoGradGuard no_grad;
    const auto named = named_tensors(model);
    const std::map<std::string, at::Tensor> given(named.begin(), named.end());
    std::size_t learned = 0;
    model_.visit([&](const std::string& name, at::Tensor& tensor) {
        if (auto from = given.find(name); from != given.end()) {
            const auto& known = from->second;
            auto part = tensor.narrow(0, 0, known.size(0));
            if (name == "conv_in.weight" &&
                known.size(1) < part.size(1)) {  // a longer context: the frames that are new are the oldest
                part.zero_();
                part = part.narrow(1, part.size(1) - known.size(1), known.size(1));
            }
            part.copy_(known);
        }
        if (!name.starts_with("noise")) average_[learned++].copy_(tensor);
    });
}

// With the averaged weights, which are those that are shipped.
void Trainer::advance_dreams(BatchPart& part) {
    const auto settings = dream_settings(recipe_, part.seed(), step_);
    if (!graphs_)
        return part.dreams().advance(
            [&](const at::Tensor& frames, const at::Tensor& actions) { return imagine(settings, frames, actions); });
    auto& recorded = recorded_->imagining[settings.steps];
    part.dreams().advance([&](const at::Tensor& frames, const at::Tensor& actions) {
        if (!recorded.graph) {
            recorded.frames = frames.clone(), recorded.actions = actions.clone();
            recorded.graph.emplace(
                [this, &recorded, settings] { recorded.next = imagine(settings, recorded.frames, recorded.actions); });
        }
        recorded.frames.copy_(frames), recorded.actions.copy_(actions);
        recorded.graph->replay();
        return recorded.next.clone();
    });
}

at::Tensor Trainer::imagine(const SamplerSettings& settings, const at::Tensor& frames,
                            const at::Tensor& actions) const {
    NetworkDenoiser denoiser(cast_for_inference(averaged_model(), bf16_ ? at::kBFloat16 : at::kFloat, device_),
                             recipe_.preconditioning);
    return next_frames(denoiser, settings, frames, actions);
}

void Trainer::learn(const Batch& batch) {
    auto fast = cast(model_, bf16_ ? at::kBFloat16 : at::kFloat, device_, true);
    loss_ = segment_loss(fast, recipe_, batch, device_);
    for (auto& tensor : learned_) tensor.mutable_grad() = at::Tensor();
    loss_.total.backward();
    loss_.total = loss_.total.detach();
    slopes_.clear();
    for (auto& tensor : learned_)
        slopes_.push_back(tensor.grad().defined() ? tensor.grad().contiguous() : at::zeros_like(tensor));
}

void Trainer::learn_by_graph(const Batch& batch) {
    if (!recorded_->learning || recorded_->batch.frames.sizes() != batch.frames.sizes()) {
        recorded_->learning.reset();
        recorded_->batch = {batch.frames.clone(), batch.actions.to(device_), batch.seen.clone(),
                            batch.objects.defined() ? batch.objects.to(device_) : at::Tensor()};
        recorded_->learning.emplace([this] { learn(recorded_->batch); });
    }
    recorded_->batch.frames.copy_(batch.frames), recorded_->batch.actions.copy_(batch.actions),
        recorded_->batch.seen.copy_(batch.seen);
    if (batch.objects.defined()) recorded_->batch.objects.copy_(batch.objects);
    recorded_->learning->replay();
}

void Trainer::learn_parts(int k) {
    std::vector<at::Tensor> sums;
    SegmentLoss all;
    for (BatchPart& part : parts_) {
        auto batch = part.next(recipe_, step_, k);
        at::manual_seed(mixed(part.seed(), step_));
        if (recipe_.dream_share > 0) advance_dreams(part);
        graphs_ ? learn_by_graph(batch) : learn(batch);
        if (recipe_.parts == 1) return;
        all = sums.empty() ? SegmentLoss{loss_.total.clone(), loss_.by_band.clone()}
                           : SegmentLoss{all.total + loss_.total, all.by_band + loss_.by_band};
        for (std::size_t i = 0; i < slopes_.size(); ++i)
            if (sums.size() <= i) sums.push_back(slopes_[i].clone());
            else sums[i] += slopes_[i];
    }
    all.total = all.total / static_cast<double>(parts_.size());
    loss_ = all;
    share_slopes(std::move(sums));
}

// In one piece: many small ones would wait for each other.
void Trainer::share_slopes(std::vector<at::Tensor> sums) {
    std::vector<at::Tensor> flat;
    for (const auto& tensor : sums) flat.push_back(tensor.flatten());
    auto all = at::cat(flat).to(at::kCPU);
    ranks_.sum(all);
    all = (all / recipe_.parts).to(device_);
    slopes_.clear();
    std::int64_t at = 0;
    for (const auto& tensor : sums) {
        slopes_.push_back(all.narrow(0, at, tensor.numel()).view(tensor.sizes()));
        at += tensor.numel();
    }
}

TrainReport Trainer::step() {
    int k = recipe_.k_at(step_);
    if (graphs_ && !recorded_) recorded_ = std::make_shared<Recorded>();
    learn_parts(k);
    update();

    loss_sum_ = unread_ > 0 ? loss_sum_ + loss_.total : loss_.total.clone();
    band_sums_ = unread_ > 0 ? band_sums_ + loss_.by_band : loss_.by_band.clone();
    ++unread_;

    TrainReport report{step_, {}, {}, recipe_.parts * recipe_.batch * (k + 1), k, parts_.front().dreams().mean_age()};
    std::fill(std::begin(report.band_loss), std::end(report.band_loss), std::numeric_limits<double>::quiet_NaN());
    if (device_.is_cpu() || step_ % steps_between_readings == 0) read_losses(report);
    samples += report.frames;
    return report;
}

void Trainer::read_losses(TrainReport& report) {
    report.loss = loss_sum_.item<double>() / unread_;
    auto bands = band_sums_.to(at::kCPU);
    for (int band = 0; band < 3; ++band)
        if (auto count = bands[band][1].item<double>(); count > 0)
            report.band_loss[band] = bands[band][0].item<double>() / count;
    unread_ = 0;
}

void Trainer::settle(std::int64_t steps) { recipe_.settle_from = step_, recipe_.settle_steps = steps; }

void Trainer::update() {
    at::NoGradGuard no_grad;
    auto norm = at::stack(at::_foreach_norm(slopes_, 2)).norm();
    at::_foreach_mul_(slopes_, (recipe_.gradient_clip / (norm + 1e-6)).clamp_max(1.0));

    ++step_;
    double rate = recipe_.learning_rate_at(step_);
    const auto count = at::full({}, static_cast<double>(step_), at::TensorOptions(at::kFloat).device(device_));
    for (bool decayed : {true, false}) {
        std::vector<at::Tensor> parameters, slopes, first, second;
        for (std::size_t i = 0; i < learned_.size(); ++i) {
            if (decays(names_[i], learned_[i]) != decayed) continue;
            parameters.push_back(learned_[i]), slopes.push_back(slopes_[i]), first.push_back(first_moment_[i]),
                second.push_back(second_moment_[i]);
        }
        const std::vector<at::Tensor> steps(parameters.size(), count);
        at::_fused_adamw_(parameters, slopes, first, second, {}, steps, rate, beta1, beta2,
                          decayed ? recipe_.weight_decay : 0.0, adam_eps, false, false);
    }
    // Young averages forget faster, so that the random start does not linger.
    double keep =
        std::min<double>(recipe_.ema, (1.0 + static_cast<double>(step_)) / (10.0 + static_cast<double>(step_)));
    at::_foreach_lerp_(average_, learned_, 1 - keep);
}

InnerModel Trainer::averaged_model() const {
    InnerModel model = model_;
    std::size_t i = 0;
    model.visit([&](const std::string& name, at::Tensor& tensor) {
        if (!name.starts_with("noise")) tensor = average_[i++];
    });
    return model;
}

InnerModel Trainer::averaged() const {
    InnerModel copy = averaged_model();
    copy.visit([&](const std::string&, at::Tensor& tensor) {
        tensor = tensor.detach().to(at::kCPU, at::kFloat, false, true);
    });
    return copy;
}

}  // namespace drift
