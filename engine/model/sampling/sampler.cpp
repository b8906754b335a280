#include "model/sampling/sampler.h"

#include <torch/torch.h>

#include <algorithm>
#include <cmath>

namespace drift {

at::Tensor start_frame(const SamplerSettings& settings, const at::Tensor& previous, const NoiseSource& noise) {
    auto x = noise(Draw::initial, 0, previous.sizes()) * start_scale(settings);
    return settings.start_centre != 0 ? x + previous * settings.start_centre : x;
}

SamplerRun::SamplerRun(Conditioning given, at::Tensor x, std::vector<float> levels, const SamplerSettings& settings, Preconditioning::Rounding rounding,
                       NoiseSource noise, SamplerHook hook)
    : given_(std::move(given)), x_(std::move(x)), levels_(std::move(levels)), settings_(settings), rounding_(rounding), noise_(std::move(noise)), hook_(std::move(hook)) {
    if (!done()) begin_step();
}

void SamplerRun::begin_step() {
    constexpr float slack = 1e-5f;  // the reference's sigma_max is 4.99999857 in fp32: S_tmax = 5 must include it on every machine
    const auto& s = settings_;
    const int i = static_cast<int>(step_);
    float sigma = levels_[step_], steps = static_cast<float>(levels_.size() - 1);
    if (s.context_noise > 0) given_.context = given_.context + noise_(Draw::context, i, given_.context.sizes()) * s.context_noise;  // cumulative, as in CSGO
    bool churns = sigma >= s.s_tmin * (1 - slack) && sigma <= s.s_tmax * (1 + slack);
    float gamma = churns ? std::min(s.s_churn / steps, std::sqrt(2.0f) - 1) : 0.0f;
    sigma_hat_ = sigma * (1 + gamma);
    if (gamma > 0) x_ = x_ + noise_(Draw::churn, i, x_.sizes()) * (s.s_noise * std::sqrt(sigma_hat_ * sigma_hat_ - sigma * sigma));
    input_ = x_;
    level_ = {sigma, s.context_noise};  // the network is told sigma, not sigma_hat, as in the reference
}

void SamplerRun::take(const at::Tensor& d_raw) {
    auto d = settings_.quantise ? quantise(d_raw, rounding_) : d_raw.clamp(-1, 1);
    if (hook_) hook_({calls_, level_.sigma, level_.sigma_cond, input_, given_.context, d_raw, d});
    ++calls_;
    float next = levels_[step_ + 1], dt = next - sigma_hat_;
    if (second_) {
        x_ = x_ + (slope_ + (input_ - d) / next) * (0.5f * dt);
        return end_step();
    }
    slope_ = (x_ - d) / sigma_hat_;
    auto euler = x_ + slope_ * dt;
    if (settings_.solver == Solver::euler || next == 0) {
        x_ = euler;
        return end_step();
    }
    second_ = true;
    input_ = euler;
    level_.sigma = next;
}

void SamplerRun::end_step() {
    second_ = false;
    ++step_;
    if (!done()) begin_step();
}

at::Tensor sample(const Denoiser& denoiser, Conditioning given, at::Tensor x, std::span<const float> levels, const SamplerSettings& settings,
                  const NoiseSource& noise, const SamplerHook& hook) {
    SamplerRun run(std::move(given), std::move(x), {levels.begin(), levels.end()}, settings, denoiser.rounding(), noise, hook);
    sample_together(denoiser, {&run, 1});
    return run.x();
}

void sample_together(const Denoiser& denoiser, std::span<SamplerRun> runs) {
    auto joined = [](const std::vector<SamplerRun*>& active, auto of) {
        std::vector<at::Tensor> parts;
        for (const SamplerRun* run : active)
            if (auto part = of(*run); part.defined()) parts.push_back(part);
        return parts.empty() ? at::Tensor() : parts.size() == 1 ? parts.front() : at::cat(parts);
    };
    for (;;) {
        std::vector<SamplerRun*> active;
        std::vector<NoiseLevel> levels;
        for (SamplerRun& run : runs)
            if (!run.done()) {
                active.push_back(&run);
                levels.insert(levels.end(), static_cast<std::size_t>(run.input().size(0)), run.level());
            }
        if (active.empty()) return;
        Conditioning given{joined(active, [](const SamplerRun& run) { return run.given().context; }), joined(active, [](const SamplerRun& run) { return run.given().actions; }),
                           joined(active, [](const SamplerRun& run) { return run.given().previous; })};
        auto d = denoiser.denoise(joined(active, [](const SamplerRun& run) { return run.input(); }), levels, given);
        std::int64_t first = 0;
        for (SamplerRun* run : active) {
            auto count = run->input().size(0);
            run->take(d.slice(0, first, first + count));
            first += count;
        }
    }
}

}  // namespace drift
