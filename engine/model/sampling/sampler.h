// Samples one frame: a solver of solvers.h with DIAMOND's start, quantisation and context noise around it.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "core/noise.h"
#include "core/sampler_settings.h"
#include "model/sampling/denoiser.h"

namespace drift {

// Unit normal noise of that shape, on the device where it is used. `index` is the denoising step.
using NoiseSource = std::function<at::Tensor(Draw use, int index, at::IntArrayRef shape)>;

// Hears each network call: its number, its sigma, the x and the (noised) context it was given, what it answered (d_raw), and D as it was used: clamped,
// or quantised where the settings say so.
struct SamplerCall {
    int index;
    float sigma, sigma_cond;
    const at::Tensor &x, &context, &d_raw, &d;
};
using SamplerHook = std::function<void(const SamplerCall&)>;

// x = s n + c p: s = start_scale(settings), n unit noise, c the start's centre, p the previous frame.
at::Tensor start_frame(const SamplerSettings& settings, const at::Tensor& previous, const NoiseSource& noise);

// One more question beside a run's own, whose answer D' the run is pushed away from: D + weight (D - D').
struct Guide {
    Conditioning given;
    NoiseLevel level;
    float weight;
    bool worse;  // it goes to the worse network
};

// Frames of one settings on their way from the start to the end. The run says what the network is to be asked next and takes the answer,
// so that runs of different settings can share the network's batch.
class SamplerRun {
public:
    // x: the start, [B, 3, H, W]. levels: sigmas(settings), n + 1 values.
    SamplerRun(Conditioning given, at::Tensor x, std::vector<float> levels, const SamplerSettings& settings,
               Preconditioning::Rounding rounding, NoiseSource noise, SamplerHook hook = {});
    SamplerRun(SamplerRun&&) noexcept;
    ~SamplerRun();

    bool done() const;
    // While it is not done: the next call.
    const at::Tensor& input() const;
    NoiseLevel level() const;
    const Conditioning& given() const;
    std::vector<Guide> guides() const;   // none where every weight is nothing
    void take(const at::Tensor& d_raw);  // D, guided, before clamping and quantising

    const at::Tensor& x() const;  // after the last step: D up to rounding, fp32

private:
    struct State;
    std::unique_ptr<State> state_;
};

// A run by itself. Returns x after the last step, [B, 3, H, W] fp32.
at::Tensor sample(const Denoiser& denoiser, Conditioning given, at::Tensor x, std::span<const float> levels,
                  const SamplerSettings& settings, const NoiseSource& noise, const SamplerHook& hook = {});

// All runs to their ends, the calls of all that are not done in one batch, what guides them with it. Without a worse network nothing is
// guided by one.
void sample_together(const Denoiser& denoiser, std::span<SamplerRun> runs, const Denoiser* worse = nullptr);

}  // namespace drift
