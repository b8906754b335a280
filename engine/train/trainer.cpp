#include "train/trainer.h"

#include <torch/torch.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "core/error.h"
#include "core/noise.h"
#include "model/safetensors.h"

namespace drift {
namespace {

constexpr double beta1 = 0.9, beta2 = 0.999, adam_eps = 1e-8;

std::uint64_t mixed(std::uint64_t seed, std::int64_t step) {
    return random_bits({seed, static_cast<std::uint64_t>(step), 0}, draw_index(Draw::data, 5), 0);
}

// Biases, norms and embeddings are not decayed, as in the reference.
bool decays(const std::string& name, const at::Tensor& tensor) { return tensor.dim() >= 2 && !name.starts_with("act_emb"); }

}  // namespace

Trainer::Trainer(const Recipe& recipe, std::shared_ptr<const EpisodeSource> source, at::Device device, bool bf16)
    : recipe_(recipe), source_(std::move(source)), device_(device), bf16_(bf16),
      dreams_(source_, recipe_.seed, recipe_.dream_share > 0 ? recipe_.dreams : 0, recipe_.network.context_frames) {
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
        if (auto from = given.find(name); from != given.end()) tensor.narrow(0, 0, from->second.size(0)).copy_(from->second);
        if (!name.starts_with("noise")) average_[learned++].copy_(tensor);
    });
}

Batch Trainer::next_batch(int k) {
    if (auto part = step_ / recipe_.rollout_every; part != part_) {
        int shortest = recipe_.network.context_frames + 1 + std::max(0, recipe_.k_max);
        episodes_ = source_->draw(recipe_.seed, static_cast<std::uint64_t>(part), recipe_.rollout_episodes, shortest, recipe_.rollout_length);
        part_ = part;
    }
    auto step = static_cast<std::uint64_t>(step_);
    int dreamed = recipe_.dreams > 0 ? static_cast<int>(recipe_.dream_share * static_cast<float>(recipe_.batch)) : 0;
    auto real = draw_batch(episodes_, recipe_.seed, step, recipe_.batch - dreamed, recipe_.network.context_frames, k, recipe_.rare_share);
    if (dreamed == 0) return real;
    auto own = dreams_.draw(recipe_.seed, step, dreamed, k);
    return {at::cat({real.frames, own.frames}), at::cat({real.actions, own.actions}), at::cat({real.seen, own.seen})};
}

// With the averaged weights, which are those that are shipped; in one call as often as in the default number, to age at half the price.
void Trainer::advance_dreams() {
    auto settings = default_settings(recipe_);
    if (random_bits({recipe_.seed, static_cast<std::uint64_t>(step_), 0}, draw_index(Draw::data, 9), 0) % 2) settings.steps = 1;
    NetworkDenoiser denoiser(cast_for_inference(averaged(), bf16_ ? at::kBFloat16 : at::kFloat, device_), recipe_.preconditioning);
    dreams_.advance(denoiser, settings, device_);
}

TrainReport Trainer::step() {
    int k = recipe_.k_at(step_);
    auto batch = next_batch(k);
    at::manual_seed(mixed(recipe_.seed, step_));
    if (recipe_.dream_share > 0) advance_dreams();
    auto fast = cast(model_, bf16_ ? at::kBFloat16 : at::kFloat, device_, true);
    auto loss = segment_loss(fast, recipe_, batch, device_);
    for (auto& tensor : learned_) tensor.mutable_grad() = at::Tensor();
    loss.total.backward();
    update();

    TrainReport report{step_, loss.total.item<double>(), {}, recipe_.batch * (k + 1), k, dreams_.mean_age()};
    auto bands = loss.by_band.to(at::kCPU);
    for (int band = 0; band < 3; ++band) {
        auto count = bands[band][1].item<double>();
        report.band_loss[band] = count > 0 ? bands[band][0].item<double>() / count : std::numeric_limits<double>::quiet_NaN();
    }
    samples += report.frames;
    return report;
}

void Trainer::update() {
    at::NoGradGuard no_grad;
    std::vector<at::Tensor> gradients;
    for (auto& tensor : learned_) gradients.push_back(tensor.grad().defined() ? tensor.grad().contiguous() : at::zeros_like(tensor));
    auto norm = at::stack(at::_foreach_norm(gradients, 2)).norm();
    at::_foreach_mul_(gradients, (recipe_.gradient_clip / (norm + 1e-6)).clamp_max(1.0));

    ++step_;
    double rate = recipe_.learning_rate_at(step_);
    for (bool decayed : {true, false}) {
        std::vector<at::Tensor> parameters, slopes, first, second, steps;
        for (std::size_t i = 0; i < learned_.size(); ++i) {
            if (decays(names_[i], learned_[i]) != decayed) continue;
            parameters.push_back(learned_[i]), slopes.push_back(gradients[i]), first.push_back(first_moment_[i]), second.push_back(second_moment_[i]);
            steps.push_back(at::full({}, static_cast<double>(step_), at::TensorOptions(at::kFloat).device(device_)));
        }
        at::_fused_adamw_(parameters, slopes, first, second, {}, steps, rate, beta1, beta2, decayed ? recipe_.weight_decay : 0.0, adam_eps, false, false);
    }
    // Young averages forget faster, so that the random start does not linger.
    double keep = std::min<double>(recipe_.ema, (1.0 + static_cast<double>(step_)) / (10.0 + static_cast<double>(step_)));
    at::_foreach_lerp_(average_, learned_, 1 - keep);
}

InnerModel Trainer::averaged() const {
    InnerModel copy = cast(model_, at::kFloat, at::kCPU, false);
    std::size_t i = 0;
    copy.visit([&](const std::string& name, at::Tensor& tensor) {
        tensor = name.starts_with("noise") ? tensor.detach().clone() : average_[i++].detach().to(at::kCPU).clone();
    });
    return copy;
}

void Trainer::save(const std::filesystem::path& file) const {
    TensorMap tensors;
    for (std::size_t i = 0; i < names_.size(); ++i) {
        tensors["model." + names_[i]] = learned_[i].detach();
        tensors["ema." + names_[i]] = average_[i];
        tensors["adam1." + names_[i]] = first_moment_[i];
        tensors["adam2." + names_[i]] = second_moment_[i];
    }
    for (const auto& [name, tensor] : named_tensors(model_))
        if (name.starts_with("noise")) tensors["model." + name] = tensor;
    tensors["dreams"] = dreams_.frames();
    write_safetensors(file, tensors,
                      {{"dreams", dreams_.state()}, {"source", source_->name()}, {"recipe", to_json(recipe_)}, {"step", std::to_string(step_)}, {"seconds", std::to_string(seconds)}, {"samples", std::to_string(samples)}});
}

Trainer Trainer::resume(const std::filesystem::path& file, std::shared_ptr<const EpisodeSource> source, at::Device device, bool bf16, const std::function<void(Recipe&)>& adjust) {
    Metadata metadata;
    auto tensors = read_safetensors(file, &metadata);
    if (auto from = metadata.find("source"); from != metadata.end() && from->second != source->name())
        throw Error(file, "expected a training on " + source->name() + ", found one on " + printable(from->second) + ": it cannot be resumed bit for bit; a new one may begin with its weights");
    auto recipe = recipe_of_json(metadata["recipe"]);
    adjust(recipe);
    Trainer trainer(recipe, std::move(source), device, bf16);
    at::NoGradGuard no_grad;
    auto fill = [&](const std::string& name, at::Tensor& into) {
        auto it = tensors.find(name);
        if (it == tensors.end() || it->second.sizes() != into.sizes()) throw Error(file, "expected a checkpoint of this network, found no tensor " + name + " of its shape");
        into.copy_(it->second);
    };
    for (std::size_t i = 0; i < trainer.names_.size(); ++i) {
        const auto& name = trainer.names_[i];
        fill("model." + name, trainer.learned_[i]), fill("ema." + name, trainer.average_[i]);
        fill("adam1." + name, trainer.first_moment_[i]), fill("adam2." + name, trainer.second_moment_[i]);
    }
    trainer.model_.visit([&](const std::string& name, at::Tensor& tensor) {
        if (name.starts_with("noise")) fill("model." + name, tensor);
    });
    if (auto held = tensors.find("dreams"); held != tensors.end() && recipe.dream_share > 0) trainer.dreams_.restore(held->second, metadata["dreams"]);
    try {
        trainer.step_ = std::stoll(metadata["step"]);
        trainer.seconds = std::stod(metadata["seconds"]);
        trainer.samples = std::stoll(metadata["samples"]);
    } catch (const std::exception&) {
        throw Error(file, "expected the step of a checkpoint in its metadata, found none");
    }
    return trainer;
}

}  // namespace drift
