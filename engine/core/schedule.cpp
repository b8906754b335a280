// The noise levels of one frame, and the named starts.
#include <cmath>
#include <cstdlib>
#include <numbers>

#include "core/sampler_settings.h"

namespace drift {

namespace {

// The level at t from 0 to 1, one function each. In fp32 and in the reference's order of operations: its ends are 4.99999857 and 0.00199999753,
// and replay depends on the bits.
float karras(float low, float high, float rho, float t) {
    float high_root = std::pow(high, 1 / rho), low_root = std::pow(low, 1 / rho);
    return std::pow(high_root + t * (low_root - high_root), rho);
}
float exponential(float low, float high, float t) { return high * std::pow(low / high, t); }
float linear(float low, float high, float t) { return high + t * (low - high); }
float cosine(float low, float high, float t) {
    return low + (high - low) * 0.5f * (1 + std::cos(std::numbers::pi_v<float> * t));
}

#pragma GCC diagnostic push
#pragma GCC diagnostic error "-Wswitch"
float level_at(const SamplerSettings& s, float t) {
    switch (s.schedule) {
        case Schedule::exponential: return exponential(s.sigma_min, s.sigma_max, t);
        case Schedule::linear: return linear(s.sigma_min, s.sigma_max, t);
        case Schedule::cosine: return cosine(s.sigma_min, s.sigma_max, t);
        case Schedule::karras:
        case Schedule::list: return karras(s.sigma_min, s.sigma_max, s.rho, t);  // a list that is empty
    }
    std::abort();  // no schedule at all: a bug
}

// How often a solver calls the network in n steps.
int calls_of(Solver solver, int n) {
    switch (solver) {
        case Solver::euler:
        case Solver::dpmpp_2m: return n;
        case Solver::heun: return 2 * n - 1;
    }
    std::abort();
}
#pragma GCC diagnostic pop

}  // namespace

std::vector<float> sigmas(const SamplerSettings& settings) {
    std::vector<float> levels;
    const int n = settings.steps;
    if (settings.schedule == Schedule::list && !settings.sigma_list.empty()) levels = settings.sigma_list;
    else
        for (int i = 0; i < n; ++i)
            levels.push_back(level_at(settings, n > 1 ? static_cast<float>(i) / static_cast<float>(n - 1) : 0.0f));
    levels.push_back(0.0f);
    return levels;
}

int network_calls(const SamplerSettings& settings) {
    int calls = calls_of(settings.solver, static_cast<int>(sigmas(settings).size()) - 1);
    calls *= 1 + (settings.action_guidance != 1) + (settings.history_guidance != 1) + (settings.auto_guidance != 1);
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
