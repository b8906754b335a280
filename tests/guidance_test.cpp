// Guidance: D + (w - 1)(D - D'), against a denoiser whose every answer is known; and nothing at all where every weight is 1.
#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <vector>

#include "model/sampling/sampler.h"

namespace drift {
namespace {

// D is the mean of the context, plus the sum of the actions, plus what tells two of them apart. Keeps what it was asked.
struct Plain : Denoiser {
    float bias = 0;
    mutable std::vector<std::int64_t> batches;
    mutable std::vector<float> cond_levels;
    explicit Plain(float bias = 0) : bias(bias) {}
    at::Tensor denoise(const at::Tensor& x, std::span<const NoiseLevel> levels,
                       const Conditioning& given) const override {
        batches.push_back(x.size(0));
        for (const NoiseLevel& level : levels) cond_levels.push_back(level.sigma_cond);
        auto actions = given.actions.to(at::kFloat).sum(1).view({-1, 1, 1, 1});
        return given.context.mean({1, 2, 3}, true).expand_as(x) + 0.1f * actions + bias;
    }
    Preconditioning::Rounding rounding() const override { return Preconditioning::Rounding::nearest; }
};

at::Tensor drawn(Draw use, int index, at::IntArrayRef shape) {
    auto values = at::empty(shape);
    noise({11, 5, 0}, draw_index(use, index), {values.data_ptr<float>(), static_cast<std::size_t>(values.numel())});
    return values;
}

struct Guided {
    Plain plain, worse{0.25f};
    SamplerSettings settings;
    at::Tensor previous = at::full({2, 3, 4, 4}, 0.1f);
    std::vector<float> d_raw;

    Guided() { settings.quantise = false, settings.steps = 1; }
    at::Tensor run(const Denoiser* guide = nullptr) {
        Conditioning given{at::cat({previous, previous}, 1), at::tensor({1, 2, 0, 2}, at::kLong).view({2, 2}), previous,
                           at::tensor({1, 0, 0, 0}, at::kLong).view({2, 2})};
        d_raw.clear();
        SamplerRun run(given, start_frame(settings, previous, drawn), sigmas(settings), settings, plain.rounding(),
                       drawn, [&](const SamplerCall& call) {
                           d_raw.push_back(call.d_raw[0][0][0][0].item<float>());
                           d_raw.push_back(call.d_raw[1][0][0][0].item<float>());
                       });
        sample_together(plain, {&run, 1}, guide);
        return run.x();
    }
};

TEST(Guidance, OfOneIsNoCallAndNoBitMore) {
    Guided off, weights;
    auto plain = off.run();
    weights.settings.history_noise = 0.5f;
    auto same = weights.run(&weights.worse);
    EXPECT_TRUE(plain.equal(same));
    EXPECT_EQ(weights.plain.batches, std::vector<std::int64_t>{2});
    EXPECT_TRUE(weights.worse.batches.empty());
}

TEST(Guidance, ByActionLeadsAwayFromNoAction) {
    Guided g;
    g.settings.action_guidance = 3;
    g.run();
    // D = 0.1 + 0.1 * (1 + 2), D' = 0.1 + 0.1 * 1: D + 2 (D - D') = 0.8; the other sample: D = 0.3, D' = 0.1.
    ASSERT_EQ(g.d_raw.size(), 2u);
    EXPECT_NEAR(g.d_raw[0], 0.8f, 1e-6f);
    EXPECT_NEAR(g.d_raw[1], 0.7f, 1e-6f);
    EXPECT_EQ(g.plain.batches, std::vector<std::int64_t>{4}) << "both questions share one call's batch";
}

TEST(Guidance, ByAWorseNetworkAsksItOnceAStep) {
    Guided g;
    g.settings.auto_guidance = 2, g.settings.steps = 3;
    g.run(&g.worse);
    EXPECT_NEAR(g.d_raw[0], 0.4f + (0.4f - 0.65f), 1e-6f);
    EXPECT_EQ(g.worse.batches, (std::vector<std::int64_t>{2, 2, 2}));
    EXPECT_EQ(g.plain.batches, (std::vector<std::int64_t>{2, 2, 2}));
    EXPECT_EQ(network_calls(g.settings), 6);
    Guided without;
    without.settings.auto_guidance = 2;
    without.run();
    EXPECT_NEAR(without.d_raw[0], 0.4f, 1e-6f) << "there is none: D alone";
}

TEST(Guidance, ByHistoryComparesWithANoisierContextAndSaysItsLevel) {
    Guided g;
    g.settings.history_guidance = 2, g.settings.history_noise = 0.3f, g.settings.context_noise = 0.4f;
    g.run();
    ASSERT_EQ(g.plain.cond_levels.size(), 4u);
    EXPECT_FLOAT_EQ(g.plain.cond_levels[0], 0.4f);
    EXPECT_FLOAT_EQ(g.plain.cond_levels[2], 0.5f);
    // The context's own noise shifts both means; what history's noise shifts D' by is led away from.
    const std::vector<std::int64_t> shape{2, 6, 4, 4};
    const float own = drawn(Draw::context, 0, shape)[0].mean().item<float>() * 0.4f,
                noisier = drawn(Draw::guidance, 0, shape)[0].mean().item<float>() * 0.3f;
    EXPECT_NEAR(g.d_raw[0], 0.4f + own - noisier, 1e-5f);
}

TEST(Guidance, RunsOfOtherSettingsInTheBatchAreNotTouched) {
    Guided a, b;
    a.settings.action_guidance = 3;
    Conditioning given{at::cat({a.previous, a.previous}, 1), at::tensor({1, 2, 0, 2}, at::kLong).view({2, 2}),
                       a.previous, at::tensor({1, 0, 0, 0}, at::kLong).view({2, 2})};
    std::vector<SamplerRun> runs;
    for (const SamplerSettings& settings : {a.settings, b.settings})
        runs.emplace_back(given, start_frame(settings, a.previous, drawn), sigmas(settings), settings,
                          Preconditioning::Rounding::nearest, drawn);
    sample_together(a.plain, runs);
    EXPECT_TRUE(runs[0].x().equal(a.run()));
    EXPECT_TRUE(runs[1].x().equal(b.run()));
    EXPECT_EQ(a.plain.batches.front(), 6);
}

}  // namespace
}  // namespace drift
