#include "model/dream.h"

#include <torch/torch.h>

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

class Dream : public WorldModel {
public:
    Dream(std::string name, const WorldSpec& spec, const InnerModel& model, std::vector<History> openings, const Placement& placement)
        : placement_(placement),
          openings_(std::move(openings)),
          denoiser_(cast(model, placement.type, placement.device, placement.channels_last), spec.preconditioning) {
        info_ = {std::move(name), spec.title, spec.game, spec.width, spec.height, spec.rate, spec.network.context_frames, spec.actions,
                 spec.defaults, spec.trained, describe(spec.network), count_parameters(model), describe(placement), spec.weights_hash};
    }

    const WorldInfo& info() const override { return info_; }
    const std::vector<History>& openings() const override { return openings_; }

    void imagine(std::span<const DreamRequest> requests, std::span<Frame> frames) override {
        std::size_t first = 0;
        while (first < requests.size()) {  // neighbours with equal settings share a batch
            std::size_t last = first + 1;
            while (last < requests.size() && requests[last].settings == requests[first].settings) ++last;
            imagine_batch(requests.subspan(first, last - first), frames.subspan(first, last - first));
            first = last;
        }
    }

private:
    void imagine_batch(std::span<const DreamRequest> requests, std::span<Frame> frames) {
        at::NoGradGuard no_grad;
        const auto settings = clamped(requests.front().settings);
        auto given = conditioning(requests);
        NoiseSource source = [&](Draw use, int index, at::IntArrayRef shape) {
            auto values = at::empty(shape, at::kFloat);
            auto each = static_cast<std::size_t>(values.numel()) / requests.size();
            for (std::size_t i = 0; i < requests.size(); ++i)
                noise({requests[i].seed, requests[i].step, requests[i].lane}, draw_index(use, index), {values.data_ptr<float>() + i * each, each});
            return values.to(placement_.device);
        };
        struct Stopped {};
        auto look = [&](const SamplerCall&) {
            if (requests.front().stop.stop_requested()) throw Stopped{};
        };
        at::Tensor x;
        try {
            x = sample(denoiser_, given, start_frame(settings, given.previous, source), sigmas(settings), settings, source, look).to(at::kCPU);
        } catch (const Stopped&) {
            return;
        }
        if (!at::isfinite(x).all().item<bool>())
            throw Error("world " + info_.name + ": expected finite pixels, found values that are not (step " + std::to_string(requests.front().step) + ")");
        auto bytes = bytes_of_pixels(x);
        for (std::size_t i = 0; i < requests.size(); ++i) frames[i] = frame_of_bytes(bytes[static_cast<std::int64_t>(i)]);
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
