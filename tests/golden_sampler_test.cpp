// The sampler against the reference: the network at the reference's x, the steps from the reference's D, then running free.
#include "core/sampler_settings.h"
#include "golden_tape.h"
#include "model/sampling/sampler.h"

namespace drift::golden {
namespace {

// Answers the i-th call with the reference's d_raw, so that every step starts from what the reference's network said.
class Playback : public Denoiser {
public:
    explicit Playback(const Case& c) : case_(c) {}
    at::Tensor denoise(const at::Tensor&, std::span<const NoiseLevel>, const Conditioning&) const override {
        return case_.output("call_" + std::to_string(calls_++) + "_d_raw");
    }
    Preconditioning::Rounding rounding() const override { return Preconditioning::Rounding::truncate; }

private:
    const Case& case_;
    mutable int calls_ = 0;
};

void compare_calls(const Case& c, Check& check, const NetworkDenoiser& denoiser, Conditioning given, int calls) {
    for (int i = 0; i < calls; ++i) {
        std::string call = "call_" + std::to_string(i) + "_";
        float sigma_cond = c.has_output(call + "sigma_cond") ? c.output(call + "sigma_cond")[0].item<float>() : 0.0f;
        if (c.has_output(call + "context")) given.context = c.output(call + "context");
        auto x = c.output(call + "x");
        std::vector<NoiseLevel> levels(static_cast<std::size_t>(x.size(0)),
                                       {c.output(call + "sigma")[0].item<float>(), sigma_cond});
        auto d_raw = denoiser.denoise(x, levels, given);
        check.near(call + "d_raw", d_raw, c.output(call + "d_raw"), "d_raw at the reference's x");
        check.levels(call + "D_level", d_raw, c.output(call + "d_raw"));
    }
}

void compare_steps(const Case& c, Check& check, const Conditioning& given, const SamplerSettings& settings,
                   const std::vector<float>& levels) {
    Tape tape(c);
    auto x = start_frame(settings, given.previous, std::ref(tape));
    check.near("x_0", x, c.output("x_0"), "x_0", 0);
    std::string last = "x_" + std::to_string(settings.steps);
    int calls = 0;
    auto heard = [&](const SamplerCall& call) {
        std::string name = "call_" + std::to_string(calls) + "_";
        EXPECT_EQ(call.index, calls++);
        check.near(name + "x", call.x, c.output(name + "x"), "x of a call, from the reference's D");
        check.near(name + "sigma", at::full({1}, call.sigma), c.output(name + "sigma"), "sigma", 1e-5);
        if (c.has_output(name + "sigma_cond"))
            check.near(name + "sigma_cond", at::full({1}, call.sigma_cond), c.output(name + "sigma_cond"), "sigma_cond",
                       1e-7);
        if (c.has_output(name + "context"))
            check.near(name + "context", call.context, c.output(name + "context"), "noised context", 1e-6);
        // Without churn Heun's odd calls are second points, and every other call sees x as the step before left it.
        bool begins_step = settings.solver == Solver::euler || call.index % 2 == 0;
        std::string step = "x_" + std::to_string(settings.solver == Solver::euler ? call.index : call.index / 2);
        if (begins_step && settings.s_churn == 0) check.near(step, call.x, c.output(step), "x after a step");
    };
    check.near(last, sample(Playback(c), given, x, levels, settings, std::ref(tape), heard), c.output(last),
               "x after the last step");
    EXPECT_EQ(calls, network_calls(settings));
    tape.expect_all_used();
}

// With churn, x_i is not what a call sees: take it apart from the call's x and the recorded draw.
void compare_churned(const Case& c, Check& check, const SamplerSettings& settings, const std::vector<float>& levels) {
    Tape tape(c);
    for (int i = 1; i < settings.steps; ++i) {
        float sigma = levels[static_cast<std::size_t>(i)];
        int call = settings.solver == Solver::euler ? i : 2 * i;
        bool churns = sigma >= settings.s_tmin * 0.99999f && sigma <= settings.s_tmax * 1.00001f;
        float hat =
            sigma *
            (1 + (churns ? std::min(settings.s_churn / static_cast<float>(settings.steps), std::sqrt(2.0f) - 1) : 0));
        auto x = c.output("call_" + std::to_string(call) + "_x");
        if (churns) x = x - tape(Draw::churn, i, x.sizes()) * (settings.s_noise * std::sqrt(hat * hat - sigma * sigma));
        check.near("x_" + std::to_string(i), x, c.output("x_" + std::to_string(i)), "x before churn");
    }
}

// A difference of 1e-7 may move a value by a level, so this is compared with what becomes of the reference under 1e-5 of noise.
void compare_free_run(const Case& c, Check& check, const NetworkDenoiser& denoiser, const Conditioning& given,
                      const SamplerSettings& settings) {
    Tape tape(c);
    std::string last = "x_" + std::to_string(settings.steps);
    auto x = sample(denoiser, given, start_frame(settings, given.previous, std::ref(tape)), sigmas(settings), settings,
                    std::ref(tape));
    auto off = (x - c.output(last)).abs();
    const auto& jitter = c.json.at("compare").at(last).at("jitter");
    double fraction = (off > limit).to(at::kDouble).mean().item<double>();
    check.record("free run, share of values that moved", fraction);
    EXPECT_LE(fraction, 4 * jitter.at("frac_gt_1e-4").get<double>() + 0.002);
    EXPECT_LE(off.max().item<double>(), 3 * jitter.at("max").get<double>() + 2.1 / 255);
}

}  // namespace

void check_sampler(const Case& c, Check& check) {
    SamplerSettings settings = settings_of(c.json.at("settings"));
    ASSERT_EQ(clamped(settings), settings) << "a player could not choose these";
    std::vector<float> levels = sigmas(settings);
    check.near("sigmas", at::tensor(levels), c.output("sigmas"), "sigmas", 1e-5);

    auto context = c.input("context");  // [B, T, 3, H, W]
    Conditioning given{context.flatten(1, 2), c.maybe("act"), context.select(1, context.size(1) - 1)};
    NetworkDenoiser denoiser(c.set.network(c.text("net")), c.set.preconditioning(c.text("net")));
    compare_calls(c, check, denoiser, given, network_calls(settings));
    compare_steps(c, check, given, settings, levels);
    if (settings.s_churn > 0) compare_churned(c, check, settings, levels);
    compare_free_run(c, check, denoiser, given, settings);
}

}  // namespace drift::golden
