#include "model/world/dream.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <ATen/core/grad_mode.h>
#include <torch/version.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "core/error.h"
#include "core/noise.h"
#include "kernels/cpu/cpu_code.h"
#include "model/bytes.h"
#include "model/sampling/cuda_graph.h"
#include "model/sampling/sampler.h"
#include "model/world/film_shot.h"
#include "model/world/first_frames.h"
#include "model/world/in_parts.h"
#include "model/world/outcome_model.h"
#include "model/world/threaded_noise.h"

namespace drift {
namespace {

std::string describe(const NetworkConfig& network) {
    std::string text = "U-Net";
    for (std::size_t i = 0; i < network.unet.channels.size(); ++i)
        text += (i ? "/" : " ") + std::to_string(network.unet.channels[i]);
    if (network.space_to_depth > 1) text += ", space-to-depth " + std::to_string(network.space_to_depth);
    return text;
}

class Dream : public WorldModel {
public:
    Dream(std::string name, const WorldSpec& spec, const Networks& networks, std::vector<History> openings,
          const Placement& placement)
        : placement_(placement),
          openings_(std::move(openings)),
          denoiser_(placed(networks.model, spec.preconditioning)),
          outcomes_(networks.reward_end, networks.policy, placement.device) {
        if (networks.upsampler) upsampler_ = placed(*networks.upsampler, spec.upsampler);
        if (networks.guide) guide_ = placed(networks.guide->model, networks.guide->preconditioning);
        std::int64_t parameters =
            count_parameters(networks.model) + (networks.upsampler ? count_parameters(*networks.upsampler) : 0);
        std::string network = describe(networks.model.config) +
                              (networks.upsampler ? " and " + describe(networks.upsampler->config) + " for " +
                                                        std::to_string(spec.upsampling) + " times larger frames"
                                                  : "");
        info_ = {std::move(name),
                 spec.title,
                 spec.game,
                 spec.width,
                 spec.height,
                 spec.rate,
                 spec.network.context_frames,
                 spec.actions,
                 spec.defaults,
                 spec.trained,
                 std::move(network),
                 parameters,
                 describe(placement),
                 "LibTorch " TORCH_VERSION " (" + at::get_cpu_capability() + ", kernels " +
                     std::string(kernels::name_of(kernels::cpu_code())) + ")",
                 at::get_num_threads(),
                 spec.weights_hash,
                 spec.opening_note,
                 spec.low_width(),
                 spec.low_height(),
                 outcomes_.rewards(),
                 outcomes_.policy()};
        if (spec.warm_up > 0) warm_up(spec.warm_up);
    }

    const WorldInfo& info() const override { return info_; }
    const std::vector<History>& openings() const override { return openings_; }
    void begin(History& history) override {
        if (upsampler_ && history.low.empty())
            for (const Frame& frame : history.frames) history.low.push_back(small(frame));
        outcomes_.begin(history);
    }
    Beyond watch(const DreamRequest& request, const Frame& frame) override {
        at::NoGradGuard no_grad;
        Beyond beyond;
        DreamRequest asked = request;
        asked.beyond = &beyond;
        outcomes_.look({&asked, 1}, {&frame, 1});
        if (upsampler_) beyond.low = small(frame);
        return beyond;
    }

    void imagine(std::span<const DreamRequest> requests, std::span<Frame> frames) override {
        imagine_in_parts(requests, frames, info_.name, [this](auto some, auto theirs) { imagine_all(some, theirs); });
    }

private:
    struct Stopped {};
    enum class Stage {
        whole,
        small,
        large
    };  // which of a world's networks samples: its only one, or the first or second of two

    void imagine_all(std::span<const DreamRequest> requests, std::span<Frame> frames) {
        at::NoGradGuard no_grad;
        try {
            std::vector<Conditioning> given;
            for (auto group : groups(requests)) given.push_back(conditioning(group));
            if (!upsampler_) {
                sample(*denoiser_, requests, std::move(given), frames, Stage::whole);
            } else {
                std::vector<Frame> low(requests.size());
                sample(*denoiser_, requests, std::move(given), low, Stage::small);
                given.clear();
                std::size_t first = 0;
                for (auto group : groups(requests)) {
                    given.push_back(enlarged(group, {low.data() + first, group.size()}));
                    first += group.size();
                }
                sample(*upsampler_, requests, std::move(given), frames, Stage::large);
                for (std::size_t i = 0; i < requests.size(); ++i)
                    if (requests[i].beyond) requests[i].beyond->low = std::move(low[i]);
            }
        } catch (const Stopped&) {
            return;
        }
        outcomes_.look(requests, {frames.data(), requests.size()});
    }

    std::unique_ptr<Denoiser> placed(const InnerModel& model, const Preconditioning& preconditioning) const {
        NetworkDenoiser denoiser(placement_.plain ? cast(model, placement_.type, placement_.device, false)
                                                  : cast_for_inference(model, placement_.type, placement_.device),
                                 preconditioning);
        if (placement_.graph) return std::make_unique<RecordedDenoiser>(std::move(denoiser));
        return std::make_unique<NetworkDenoiser>(std::move(denoiser));
    }

    // Neighbours with equal settings: each group is one run.
    static std::vector<std::span<const DreamRequest>> groups(std::span<const DreamRequest> requests) {
        std::vector<std::span<const DreamRequest>> all;
        for (std::size_t first = 0; first < requests.size();) {
            std::size_t last = first + 1;
            while (last < requests.size() && requests[last].settings == requests[first].settings) ++last;
            all.push_back(requests.subspan(first, last - first));
            first = last;
        }
        return all;
    }

    // `given`: of each group.
    void sample(const Denoiser& denoiser, std::span<const DreamRequest> requests, std::vector<Conditioning> given,
                std::span<Frame> frames, Stage stage) {
        std::vector<SamplerRun> runs;
        for (auto group : groups(requests))
            runs.push_back(begin_run(denoiser, group, std::move(given[runs.size()]), stage));
        sample_together(denoiser, runs, stage == Stage::large ? nullptr : guide_.get());
        std::size_t at = 0;
        for (const SamplerRun& run : runs) {
            auto x = run.x().to(at::kCPU);
            if (!at::isfinite(x).all().item<bool>())
                throw Error("world " + info_.name + ": expected finite pixels, found values that are not (step " +
                            std::to_string(requests[at].step) + ")");
            auto bytes = bytes_of_pixels(x);
            for (std::int64_t i = 0; i < bytes.size(0); ++i) frames[at++] = frame_of_bytes(bytes[i]);
        }
    }

    // All of these have the same settings.
    SamplerRun begin_run(const Denoiser& denoiser, std::span<const DreamRequest> requests, Conditioning given,
                         Stage stage) const {
        const SamplerSettings asked = clamped(requests.front().settings);
        const SamplerSettings& settings =
            stage != Stage::large ? asked : (asked.upsampler.empty() ? info_.defaults : asked).upsampler.front();
        NoiseSource source = [this, requests, stage](Draw use, int index, at::IntArrayRef shape) {
            constexpr std::uint32_t of_upsampler = 0x80000000;  // a stream of its own: lanes are few
            auto values = at::empty(shape, at::kFloat);
            auto each = static_cast<std::size_t>(values.numel()) / requests.size();
            for (std::size_t i = 0; i < requests.size(); ++i)
                noise_by_threads({requests[i].seed, requests[i].step,
                                  noise_lane(requests[i]) | (stage == Stage::large ? of_upsampler : 0)},
                                 draw_index(use, index), {values.data_ptr<float>() + i * each, each});
            return values.to(placement_.device);
        };
        auto hook = [requests, stage](const SamplerCall& call) {
            if (requests.front().stop.stop_requested()) throw Stopped{};
            for (std::size_t i = 0; i < requests.size(); ++i)
                if (requests[i].film)
                    shoot(*requests[i].film,
                          stage == Stage::small ? requests[i].history->low : requests[i].history->frames, call,
                          static_cast<std::int64_t>(i));
        };
        for (const DreamRequest& request : requests)
            if (request.film && stage != Stage::large)
                *request.film = {stage == Stage::small ? request.history->low : request.history->frames, {}};
        auto x = start_frame(settings, given.previous, source);
        return SamplerRun(std::move(given), std::move(x), sigmas(settings), settings, denoiser.rounding(), source,
                          hook);
    }

    // What the network that knows actions is given: the small frames where there is an upsampler. All of these have the same settings.
    Conditioning conditioning(std::span<const DreamRequest> requests) const {
        std::vector<at::Tensor> contexts;
        std::vector<ActionCode> taken;
        for (const DreamRequest& request : requests) {
            contexts.push_back(bytes_of_frames(upsampler_ ? request.history->low : request.history->frames));
            taken.insert(taken.end(), request.history->actions.begin(), request.history->actions.end());
            taken.push_back(request.action);
        }
        auto n = static_cast<std::int64_t>(requests.size());
        Conditioning given;
        given.context = pixels_of_bytes(at::stack(contexts).flatten(1, 2).to(placement_.device));
        given.previous = given.context.slice(1, 3 * (info_.context_frames - 1));
        given.actions = action_tensor(taken, n).to(placement_.device);
        if (requests.front().settings.action_guidance != 1) {
            const auto context = static_cast<std::size_t>(info_.context_frames);
            for (std::size_t last = context - 1; last < taken.size(); last += context)
                taken[last] = info_.actions.noop();
            given.idle = action_tensor(taken, n).to(placement_.device);
        }
        return given;
    }

    at::Tensor action_tensor(const std::vector<ActionCode>& taken, std::int64_t n) const {
        return at::tensor(taken, at::kLong).view({n, info_.context_frames});
    }

    // A real frame as the small network was trained on it: torchvision's bicubic resizing of bytes, with antialiasing (process_csgo_tar_files).
    Frame small(const Frame& frame) const {
        auto bytes = bytes_of_frame(frame).unsqueeze(0).to(at::kFloat);
        auto resized = at::_upsample_bicubic2d_aa(bytes, {info_.low_height, info_.low_width}, false);
        return frame_of_bytes(resized.round().clamp(0, 255).to(at::kByte)[0].contiguous());
    }

    // What the upsampler is given: the frame before, and the new small frame blown up (bicubic, a = -0.75).
    Conditioning enlarged(std::span<const DreamRequest> requests, std::span<const Frame> low) const {
        std::vector<at::Tensor> before;
        for (const DreamRequest& request : requests) before.push_back(bytes_of_frame(request.history->frames.back()));
        Conditioning given;
        given.previous = pixels_of_bytes(at::stack(before).to(placement_.device));
        auto blown_up = at::upsample_bicubic2d(pixels_of_bytes(bytes_of_frames(low).to(placement_.device)),
                                               {info_.height, info_.width}, false, c10::nullopt, c10::nullopt);
        given.context = at::cat({given.previous, blown_up}, 1);
        return given;
    }

    // There were no start frames: a few steps without a key make some.
    void warm_up(int steps) {
        for (History& history : openings_) {
            begin(history);
            for (int i = 0; i < steps; ++i) {
                Beyond beyond;
                DreamRequest request{&history, info_.actions.noop(),          info_.defaults,
                                     0,        static_cast<std::uint64_t>(i), 0};
                request.beyond = &beyond;
                Frame frame;
                imagine({&request, 1}, {&frame, 1});
                history.roll(info_.actions.noop(), frame, beyond);
            }
            history.memory.clear();
            history.outcome.reset();
        }
    }

    Placement placement_;
    WorldInfo info_;
    std::vector<History> openings_;
    std::unique_ptr<Denoiser> denoiser_, upsampler_,
        guide_;  // the second where a world has one, the third where one was given
    OutcomeModel outcomes_;
};

}  // namespace

std::string describe(const Placement& placement) {
    const std::string type = placement.type == at::kBFloat16 ? "bf16" : placement.type == at::kHalf ? "fp16" : "fp32";
    if (placement.device.is_cuda()) return "GPU (" + type + ")";
    int threads = at::get_num_threads();
    return "CPU (" + type + ", " + std::to_string(threads) + (threads == 1 ? " thread)" : " threads)");
}

std::unique_ptr<WorldModel> make_dream(std::string name, const WorldSpec& spec, const Networks& networks,
                                       std::vector<History> openings, const Placement& placement) {
    if (!placement.if_close)
        return std::make_unique<Dream>(std::move(name), spec, networks, std::move(openings), placement);
    Placement exact = placement;
    exact.type = at::kFloat, exact.if_close = false;
    auto dream = std::make_unique<Dream>(name, spec, networks, openings, placement);
    auto reference = std::make_unique<Dream>(std::move(name), spec, networks, std::move(openings), exact);
    return psnr_of_first_frames(*dream, *reference) >= 50 ? std::move(dream) : std::move(reference);
}

std::unique_ptr<WorldModel> make_dream(std::string name, const WorldSpec& spec, const InnerModel& model,
                                       std::vector<History> openings, const Placement& placement) {
    return make_dream(std::move(name), spec, Networks{model, {}, {}, {}}, std::move(openings), placement);
}

}  // namespace drift
