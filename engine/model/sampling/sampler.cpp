#include "model/sampling/sampler.h"

#include <torch/torch.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "model/sampling/solvers.h"

namespace drift {

at::Tensor start_frame(const SamplerSettings& settings, const at::Tensor& previous, const NoiseSource& noise) {
    auto x = noise(Draw::initial, 0, previous.sizes()) * start_scale(settings);
    return settings.start_centre != 0 ? x + previous * settings.start_centre : x;
}

struct SamplerRun::State {
    Conditioning given;
    SamplerSettings settings;
    std::vector<float> levels;
    Preconditioning::Rounding rounding;
    NoiseSource noise;
    SamplerHook hook;
    int calls = 0;
    Solution<at::Tensor, float> solution;

    Begun<at::Tensor, float> begin_step(std::size_t step, at::Tensor x);
};

// The context's noise, then Karras et al. 2022, algorithm 2, lines 4 to 6.
Begun<at::Tensor, float> SamplerRun::State::begin_step(std::size_t step, at::Tensor x) {
    constexpr float slack =
        1e-5f;  // the reference's sigma_max is 4.99999857 in fp32: S_tmax = 5 must include it on every machine
    const auto& s = settings;
    const int i = static_cast<int>(step);
    const float sigma = levels[step], steps = static_cast<float>(levels.size() - 1);
    if (s.context_noise > 0)
        given.context =
            given.context + noise(Draw::context, i, given.context.sizes()) * s.context_noise;  // cumulative, as in CSGO
    const bool churns = sigma >= s.s_tmin * (1 - slack) && sigma <= s.s_tmax * (1 + slack);
    const float gamma = churns ? std::min(s.s_churn / steps, std::sqrt(2.0f) - 1) : 0.0f;
    const float sigma_hat = sigma * (1 + gamma);
    if (gamma > 0)
        x = x + noise(Draw::churn, i, x.sizes()) * (s.s_noise * std::sqrt(sigma_hat * sigma_hat - sigma * sigma));
    return {std::move(x), sigma_hat};
}

SamplerRun::SamplerRun(Conditioning given, at::Tensor x, std::vector<float> levels, const SamplerSettings& settings,
                       Preconditioning::Rounding rounding, NoiseSource noise, SamplerHook hook)
    : state_(std::make_unique<State>(
          State{std::move(given), settings, std::move(levels), rounding, std::move(noise), std::move(hook), 0, {}})) {
    auto begin = [state = state_.get()](std::size_t i, at::Tensor at) { return state->begin_step(i, std::move(at)); };
    state_->solution = solve<at::Tensor, float>(settings.solver, {std::move(x), state_->levels, begin});
    state_->solution.begin();
}

SamplerRun::SamplerRun(SamplerRun&&) noexcept = default;
SamplerRun::~SamplerRun() = default;

bool SamplerRun::done() const { return state_->solution.done(); }
const at::Tensor& SamplerRun::input() const { return state_->solution.question().x; }
NoiseLevel SamplerRun::level() const { return {state_->solution.question().sigma, state_->settings.context_noise}; }
const Conditioning& SamplerRun::given() const { return state_->given; }
const at::Tensor& SamplerRun::x() const { return state_->solution.result(); }

void SamplerRun::take(const at::Tensor& d_raw) {
    auto d = state_->settings.quantise ? quantise(d_raw, state_->rounding) : d_raw.clamp(-1, 1);
    if (state_->hook)
        state_->hook({state_->calls, level().sigma, level().sigma_cond, input(), given().context, d_raw, d});
    ++state_->calls;
    state_->solution.answer(std::move(d));
}

at::Tensor sample(const Denoiser& denoiser, Conditioning given, at::Tensor x, std::span<const float> levels,
                  const SamplerSettings& settings, const NoiseSource& noise, const SamplerHook& hook) {
    SamplerRun run(std::move(given), std::move(x), {levels.begin(), levels.end()}, settings, denoiser.rounding(), noise,
                   hook);
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
        Conditioning given{joined(active, [](const SamplerRun& run) { return run.given().context; }),
                           joined(active, [](const SamplerRun& run) { return run.given().actions; }),
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
