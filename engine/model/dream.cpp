#include "model/dream.h"

#include <torch/torch.h>

#include <algorithm>
#include <cmath>

#include "core/error.h"
#include "core/noise.h"
#include "model/bytes.h"
#include "model/sampler.h"

namespace drift {
namespace {

std::string describe(const NetworkConfig& network) {
    std::string text = "U-Net";
    for (std::size_t i = 0; i < network.unet.channels.size(); ++i) text += (i ? "/" : " ") + std::to_string(network.unet.channels[i]);
    if (network.space_to_depth > 1) text += ", space-to-depth " + std::to_string(network.space_to_depth);
    return text;
}

std::string describe(const Placement& placement) {
    std::string type = placement.type == at::kBFloat16 ? "bf16" : "fp32";
    if (placement.device.is_cuda()) return "GPU (" + type + ")";
    return "CPU (" + type + ", " + std::to_string(at::get_num_threads()) + " threads)";
}

// One call of sample i for a film strip. x is scaled by its own loudness: at sigma 5 most of it lies outside of what a picture can show.
void shoot(Film& film, const History& history, const SamplerCall& call, std::int64_t i) {
    auto picture = [](const at::Tensor& t) { return frame_of_bytes(bytes_of_pixels(t.to(at::kCPU).unsqueeze(0))[0]); };
    FilmCall shot;
    shot.sigma = call.sigma;
    shot.x_scale = 1 / std::max(1.0f, 1.5f * call.x[i].square().mean().sqrt().item<float>());
    shot.x = picture((call.x[i] * shot.x_scale).clamp(-1, 1));
    shot.d = picture(call.d[i]);
    const Frame& before = film.calls.empty() ? history.frames.back() : film.calls.back().d;
    double sum = 0;
    for (std::size_t k = 0; k < shot.d.rgb.size(); ++k) sum += (shot.d.rgb[k] - before.rgb[k]) * (shot.d.rgb[k] - before.rgb[k]);
    shot.change = std::sqrt(sum / static_cast<double>(shot.d.rgb.size()));
    film.calls.push_back(std::move(shot));
}

class Dream : public WorldModel {
public:
    Dream(std::string name, const WorldSpec& spec, const InnerModel& model, std::vector<History> openings, const Placement& placement)
        : placement_(placement),
          openings_(std::move(openings)),
          denoiser_(cast(model, placement.type, placement.device, placement.channels_last), spec.preconditioning) {
        info_ = {std::move(name), spec.title, spec.game, spec.width, spec.height, spec.rate, spec.network.context_frames, spec.actions,
                 spec.defaults, spec.trained, describe(spec.network), count_parameters(model), describe(placement), "LibTorch " TORCH_VERSION " (" + at::get_cpu_capability() + ")", at::get_num_threads(), spec.weights_hash};
    }

    const WorldInfo& info() const override { return info_; }
    const std::vector<History>& openings() const override { return openings_; }

    void imagine(std::span<const DreamRequest> requests, std::span<Frame> frames) override {
        at::NoGradGuard no_grad;
        std::vector<SamplerRun> runs;
        for (std::size_t first = 0; first < requests.size();) {  // neighbours with equal settings are one run
            std::size_t last = first + 1;
            while (last < requests.size() && requests[last].settings == requests[first].settings) ++last;
            runs.push_back(begin(requests.subspan(first, last - first)));
            first = last;
        }
        try {
            sample_together(denoiser_, runs);
        } catch (const Stopped&) {
            return;
        }
        std::size_t at = 0;
        for (const SamplerRun& run : runs) {
            auto x = run.x().to(at::kCPU);
            if (!at::isfinite(x).all().item<bool>())
                throw Error("world " + info_.name + ": expected finite pixels, found values that are not (step " + std::to_string(requests[at].step) + ")");
            auto bytes = bytes_of_pixels(x);
            for (std::int64_t i = 0; i < bytes.size(0); ++i) frames[at++] = frame_of_bytes(bytes[i]);
        }
    }

private:
    struct Stopped {};

    // All of these have the same settings.
    SamplerRun begin(std::span<const DreamRequest> requests) const {
        const auto settings = clamped(requests.front().settings);
        auto given = conditioning(requests);
        NoiseSource source = [this, requests](Draw use, int index, at::IntArrayRef shape) {
            auto values = at::empty(shape, at::kFloat);
            auto each = static_cast<std::size_t>(values.numel()) / requests.size();
            for (std::size_t i = 0; i < requests.size(); ++i)
                noise({requests[i].seed, requests[i].step, requests[i].lane}, draw_index(use, index), {values.data_ptr<float>() + i * each, each});
            return values.to(placement_.device);
        };
        auto hook = [requests](const SamplerCall& call) {
            if (requests.front().stop.stop_requested()) throw Stopped{};
            for (std::size_t i = 0; i < requests.size(); ++i)
                if (requests[i].film) shoot(*requests[i].film, *requests[i].history, call, static_cast<std::int64_t>(i));
        };
        for (const DreamRequest& request : requests)
            if (request.film) *request.film = {request.history->frames, {}};
        auto x = start_frame(settings, given.previous, source);
        return SamplerRun(std::move(given), std::move(x), sigmas(settings), settings, denoiser_.rounding(), source, hook);
    }

    Conditioning conditioning(std::span<const DreamRequest> requests) const {
        std::vector<at::Tensor> contexts;
        std::vector<std::int64_t> taken;
        for (const DreamRequest& request : requests) {
            for (const Frame& frame : request.history->frames) contexts.push_back(bytes_of_frame(frame));
            taken.insert(taken.end(), request.history->actions.begin(), request.history->actions.end());
            taken.push_back(request.action);
        }
        auto n = static_cast<std::int64_t>(requests.size());
        auto bytes = at::stack(contexts).view({n, 3 * info_.context_frames, info_.height, info_.width});
        Conditioning given;
        given.context = pixels_of_bytes(bytes.to(placement_.device));
        given.previous = given.context.slice(1, 3 * (info_.context_frames - 1));
        given.actions = at::tensor(taken, at::kLong).view({n, info_.context_frames}).to(placement_.device);
        return given;
    }

    Placement placement_;
    WorldInfo info_;
    std::vector<History> openings_;
    NetworkDenoiser denoiser_;
};

}  // namespace

std::unique_ptr<WorldModel> make_dream(std::string name, const WorldSpec& spec, const InnerModel& model, std::vector<History> openings,
                                       const Placement& placement) {
    return std::make_unique<Dream>(std::move(name), spec, model, std::move(openings), placement);
}

}  // namespace drift
