#include "model/sampling/sampler.h"

#include <ATen/ATen.h>

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
    at::Tensor noisier = {};  // the context that history guidance compares with, in this step

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
    if (s.history_guidance != 1)
        noisier = given.context + noise(Draw::guidance, i, given.context.sizes()) * s.history_noise;
    const bool churns = sigma >= s.s_tmin * (1 - slack) && sigma <= s.s_tmax * (1 + slack);
    const float gamma = churns ? std::min(s.s_churn / steps, std::sqrt(2.0f) - 1) : 0.0f;
    const float sigma_hat = sigma * (1 + gamma);
    if (gamma > 0)
        x = x + noise(Draw::churn, i, x.sizes()) * (s.s_noise * std::sqrt(sigma_hat * sigma_hat - sigma * sigma));
    return {std::move(x), sigma_hat};
}

SamplerRun::SamplerRun(Conditioning given, at::Tensor x, std::vector<float> levels, const SamplerSettings& settings,
                       Preconditioning::Rounding rounding, NoiseSource noise, SamplerHook hook)
    : state_(std::make_unique<State>(State{
          std::move(given), settings, std::move(levels), rounding, std::move(noise), std::move(hook), 0, {}, {}})) {
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

std::vector<Guide> SamplerRun::guides() const {
    const State& state = *state_;
    const SamplerSettings& s = state.settings;
    std::vector<Guide> all;
    if (s.action_guidance != 1 && state.given.idle.defined()) {
        all.push_back({state.given, level(), s.action_guidance - 1, false});
        all.back().given.actions = state.given.idle;
    }
    if (s.history_guidance != 1) {
        all.push_back({state.given, level(), s.history_guidance - 1, false});
        all.back().given.context = state.noisier;
        all.back().level.sigma_cond = std::hypot(s.context_noise, s.history_noise);
    }
    if (s.auto_guidance != 1) all.push_back({state.given, level(), s.auto_guidance - 1, true});
    return all;
}

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

namespace {

// Questions to one network, asked in one batch.
struct Batch {
    std::vector<at::Tensor> x, context, actions, previous;
    std::vector<NoiseLevel> levels;
    std::int64_t size = 0;

    // Returns where its answer begins.
    std::int64_t add(const at::Tensor& input, const Conditioning& given, NoiseLevel level) {
        x.push_back(input), context.push_back(given.context), previous.push_back(given.previous);
        if (given.actions.defined()) actions.push_back(given.actions);
        levels.insert(levels.end(), static_cast<std::size_t>(input.size(0)), level);
        return std::exchange(size, size + input.size(0));
    }
    at::Tensor ask(const Denoiser& denoiser) const {
        auto joined = [](const std::vector<at::Tensor>& parts) {
            return parts.empty() ? at::Tensor() : parts.size() == 1 ? parts.front() : at::cat(parts);
        };
        return denoiser.denoise(joined(x), levels, {joined(context), joined(actions), joined(previous)});
    }
};

struct Guided {
    std::int64_t at;  // where D' begins in the answer of its network
    float weight;
    bool worse;
};
struct Asked {
    SamplerRun* run;
    std::int64_t at;
    std::vector<Guided> guides;
};

}  // namespace

void sample_together(const Denoiser& denoiser, std::span<SamplerRun> runs, const Denoiser* worse) {
    for (;;) {
        Batch own, of_worse;
        std::vector<Asked> all;
        for (SamplerRun& run : runs)
            if (!run.done()) all.push_back({&run, own.add(run.input(), run.given(), run.level()), {}});
        if (all.empty()) return;
        for (Asked& asked : all)
            for (const Guide& guide : asked.run->guides())
                if (!guide.worse || worse)
                    asked.guides.push_back(
                        {(guide.worse ? of_worse : own).add(asked.run->input(), guide.given, guide.level), guide.weight,
                         guide.worse});
        const at::Tensor said = own.ask(denoiser),
                         said_by_worse = of_worse.size > 0 ? of_worse.ask(*worse) : at::Tensor();
        for (const Asked& asked : all) {
            const auto count = asked.run->input().size(0);
            const at::Tensor d = said.slice(0, asked.at, asked.at + count);
            at::Tensor guided = d;
            for (const Guided& guide : asked.guides)
                guided = guided +
                         (d - (guide.worse ? said_by_worse : said).slice(0, guide.at, guide.at + count)) * guide.weight;
            asked.run->take(guided);
        }
    }
}

}  // namespace drift
