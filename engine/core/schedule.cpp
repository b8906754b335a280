// The noise levels of one frame, and the named starts.
#include <cmath>
#include <numbers>

#include "core/sampler_settings.h"

namespace drift {

std::vector<float> sigmas(const SamplerSettings& settings) {
    std::vector<float> levels;
    if (settings.schedule == Schedule::list && !settings.sigma_list.empty()) {
        levels = settings.sigma_list;
    } else {
        // fp32 in the reference's order of operations: its ends are 4.99999857 and 0.00199999753, and replay depends on the bits.
        int n = settings.steps;
        float low = settings.sigma_min, high = settings.sigma_max, rho = settings.rho;
        for (int i = 0; i < n; ++i) {
            float t = n > 1 ? static_cast<float>(i) / static_cast<float>(n - 1) : 0.0f;
            switch (settings.schedule) {
                case Schedule::exponential: levels.push_back(high * std::pow(low / high, t)); break;
                case Schedule::linear: levels.push_back(high + t * (low - high)); break;
                case Schedule::cosine: levels.push_back(low + (high - low) * 0.5f * (1 + std::cos(std::numbers::pi_v<float> * t))); break;
                default: {
                    float high_root = std::pow(high, 1 / rho), low_root = std::pow(low, 1 / rho);
                    levels.push_back(std::pow(high_root + t * (low_root - high_root), rho));
                }
            }
        }
    }
    levels.push_back(0.0f);
    return levels;
}

int network_calls(const SamplerSettings& settings) {
    int n = static_cast<int>(sigmas(settings).size()) - 1, calls = settings.solver == Solver::heun ? 2 * n - 1 : n;
    for (const SamplerSettings& upsampler : settings.upsampler) calls += network_calls(upsampler);
    return calls;
}

float start_scale(const SamplerSettings& settings) {
    return settings.start_at_sigma_max ? sigmas(settings).front() : settings.start_scale;
}

SamplerSettings diamond_start(SamplerSettings settings) {
    settings.start_at_sigma_max = false;
    settings.start_scale = 1;
    settings.start_centre = 0;
    return settings;
}

SamplerSettings edm_start(SamplerSettings settings) {
    settings.start_at_sigma_max = true;
    settings.start_centre = 0;
    return settings;
}

SamplerSettings noised_previous_start(SamplerSettings settings) {
    settings.start_at_sigma_max = true;
    settings.start_centre = 1;
    return settings;
}

}  // namespace drift
