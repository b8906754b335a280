// Samples one frame: Karras et al. 2022, algorithm 2, with DIAMOND's start, quantisation and context noise.
#pragma once

#include <functional>
#include <span>

#include "core/noise.h"
#include "core/sampler_settings.h"
#include "model/denoiser.h"

namespace drift {

// Unit normal noise of that shape, on the device where it is used. `index` is the denoising step.
using NoiseSource = std::function<at::Tensor(Draw use, int index, at::IntArrayRef shape)>;

// Hears each network call: its number, its sigma, the x it was given, and D as it was used (quantised where the settings say so).
struct SamplerCall {
    int index;
    float sigma, sigma_cond;
    const at::Tensor &x, &context, &d_raw, &d;
};
using SamplerHook = std::function<void(const SamplerCall&)>;

// x = s n + c p (starts.md's family).
at::Tensor start_frame(const SamplerSettings& settings, const at::Tensor& previous, const NoiseSource& noise);

// levels: sigmas(settings), n + 1 values. Returns x after the last step, [B, 3, H, W] fp32, which equals D up to rounding.
at::Tensor sample(const Denoiser& denoiser, Conditioning given, at::Tensor x, std::span<const float> levels, const SamplerSettings& settings,
                  const NoiseSource& noise, const SamplerHook& hook = {});

}  // namespace drift
