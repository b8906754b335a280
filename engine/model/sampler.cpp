#include "model/sampler.h"

#include <torch/torch.h>

#include <algorithm>
#include <cmath>

namespace drift {

at::Tensor start_frame(const SamplerSettings& settings, const at::Tensor& previous, const NoiseSource& noise) {
    auto x = noise(Draw::initial, 0, previous.sizes()) * start_scale(settings);
    return settings.start_centre != 0 ? x + previous * settings.start_centre : x;
}

at::Tensor sample(const Denoiser& denoiser, Conditioning given, at::Tensor x, std::span<const float> levels, const SamplerSettings& settings,
                  const NoiseSource& noise, const SamplerHook& hook) {
    constexpr float slack = 1e-5f;  // the reference's sigma_max is 4.99999857 in fp32: S_tmax = 5 must include it on every machine
    int n = static_cast<int>(levels.size()) - 1, calls = 0;
    float sigma_cond = settings.context_noise;

    auto clean = [&](const at::Tensor& noisy, float sigma) {
        auto raw = denoiser.denoise(noisy, sigma, sigma_cond, given);
        auto d = settings.quantise ? quantise(raw, denoiser.rounding()) : raw.clamp(-1, 1);
        if (hook) hook({calls, sigma, sigma_cond, noisy, given.context, raw, d});
        ++calls;
        return d;
    };

    for (int i = 0; i < n; ++i) {
        float sigma = levels[static_cast<std::size_t>(i)], next = levels[static_cast<std::size_t>(i) + 1];
        if (sigma_cond > 0) given.context = given.context + noise(Draw::context, i, given.context.sizes()) * sigma_cond;  // cumulative, as in CSGO
        bool churns = sigma >= settings.s_tmin * (1 - slack) && sigma <= settings.s_tmax * (1 + slack);
        float gamma = churns ? std::min(settings.s_churn / static_cast<float>(n), std::sqrt(2.0f) - 1) : 0.0f;
        float sigma_hat = sigma * (1 + gamma);
        if (gamma > 0) x = x + noise(Draw::churn, i, x.sizes()) * (settings.s_noise * std::sqrt(sigma_hat * sigma_hat - sigma * sigma));
        // The network is told sigma, not sigma_hat, as in the reference.
        auto d = clean(x, sigma);
        auto slope = (x - d) / sigma_hat;
        float dt = next - sigma_hat;
        if (settings.solver == Solver::euler || next == 0) {
            x = x + slope * dt;
        } else {
            auto second = x + slope * dt;
            auto second_slope = (second - clean(second, next)) / next;
            x = x + (slope + second_slope) * (0.5f * dt);
        }
    }
    return x;
}

}  // namespace drift
