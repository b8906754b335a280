// The sampler against an oracle that knows the clean frame: every start and schedule must end there, along a straight line.
#include "model/sampling/sampler.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <cmath>

namespace drift {
namespace {

struct Oracle : Denoiser {
    at::Tensor x0;
    explicit Oracle(at::Tensor clean) : x0(std::move(clean)) {}
    at::Tensor denoise(const at::Tensor&, std::span<const NoiseLevel>, const Conditioning&) const override {
        return x0;
    }
    Preconditioning::Rounding rounding() const override { return Preconditioning::Rounding::nearest; }
};

at::Tensor drawn(Draw use, int index, at::IntArrayRef shape) {
    auto values = at::empty(shape);
    noise({11, 5, 0}, draw_index(use, index), {values.data_ptr<float>(), static_cast<std::size_t>(values.numel())});
    return values;
}

struct Setting {
    at::Tensor x0, previous;
    Conditioning given;
    Setting() {
        at::manual_seed(3);
        x0 = at::rand({2, 3, 8, 8}) * 2 - 1;
        previous = at::rand({2, 3, 8, 8}) * 2 - 1;
        given = {at::cat({previous, previous}, 1), {}, previous};
    }
};

TEST(Sampler, EveryStartAndScheduleEndsInTheOraclesFrame) {
    Setting s;
    Oracle oracle(s.x0);
    for (auto schedule : {Schedule::karras, Schedule::exponential, Schedule::linear, Schedule::cosine, Schedule::list})
        for (auto solver : {Solver::euler, Solver::heun, Solver::dpmpp_2m})
            for (int steps : {1, 2, 3, 10})
                for (float scale : {0.0f, 1.0f, 5.0f})
                    for (float centre : {0.0f, 1.0f})
                        for (float churn : {0.0f, 2.0f}) {
                            SamplerSettings settings;
                            settings.schedule = schedule, settings.solver = solver, settings.steps = steps;
                            settings.start_scale = scale, settings.start_centre = centre, settings.s_churn = churn;
                            settings.sigma_list = {4, 1, 0.1f};
                            settings.quantise = false;
                            settings.context_noise = churn > 0 ? 0.1f : 0;
                            auto levels = sigmas(settings);
                            auto x = sample(oracle, s.given, start_frame(settings, s.previous, drawn), levels, settings,
                                            drawn);
                            EXPECT_LT((x - s.x0).abs().max().item<float>(), 2e-6f);
                        }
}

// starts.md: with D = x0 the noised-previous-frame trajectory is x0 + sigma e, a straight line in sigma from p + sigma_0 n.
TEST(Sampler, TheNoisedPreviousFramesTrajectoryIsALine) {
    Setting s;
    Oracle oracle(s.x0);
    auto settings = noised_previous_start(SamplerSettings{});
    settings.steps = 8;
    settings.quantise = false;
    auto levels = sigmas(settings);
    auto start = start_frame(settings, s.previous, drawn);
    EXPECT_LT((start - (s.previous + drawn(Draw::initial, 0, s.x0.sizes()) * levels[0])).abs().max().item<float>(),
              1e-6f);
    auto e = (start - s.x0) / levels[0];
    int calls = 0;
    sample(oracle, s.given, start, levels, settings, drawn, [&](const SamplerCall& call) {
        auto line = s.x0 + e * call.sigma;
        float scale = std::max(1.0f, line.abs().max().item<float>());
        EXPECT_LT((call.x - line).abs().max().item<float>(), 1e-6f * scale) << "sigma " << call.sigma;
        ++calls;
    });
    EXPECT_EQ(calls, 8);
}

TEST(Sampler, CallsTheNetworkAsOftenAsItSays) {
    Setting s;
    Oracle oracle(s.x0);
    for (auto solver : {Solver::euler, Solver::heun, Solver::dpmpp_2m})
        for (int steps : {1, 2, 5}) {
            SamplerSettings settings;
            settings.solver = solver, settings.steps = steps;
            int calls = 0;
            sample(oracle, s.given, start_frame(settings, s.previous, drawn), sigmas(settings), settings, drawn,
                   [&](const SamplerCall&) { ++calls; });
            EXPECT_EQ(calls, network_calls(settings));
        }
}

TEST(Sampler, ContextNoiseAddsUpOverTheSteps) {
    Setting s;
    Oracle oracle(s.x0);
    SamplerSettings settings;
    settings.context_noise = 0.1f;
    std::vector<double> spread;
    sample(oracle, s.given, start_frame(settings, s.previous, drawn), sigmas(settings), settings, drawn,
           [&](const SamplerCall& call) {
               EXPECT_EQ(call.sigma_cond, 0.1f);
               spread.push_back((call.context - s.given.context).std().item<double>());
           });
    for (std::size_t i = 0; i < spread.size(); ++i) EXPECT_NEAR(spread[i], 0.1 * std::sqrt(i + 1.0), 0.015);
}

TEST(Quantise, TruncatesAsTheReferenceOrRoundsToTheNearest) {
    auto d = at::tensor({-1.0f, -0.9961f, 0.0f, 0.999f, 1.0f, 3.0f});
    auto levels = [&](Preconditioning::Rounding r) {
        return quantise(d, r).add(1).div(2).mul(255).round().to(at::kInt);
    };
    EXPECT_TRUE(levels(Preconditioning::Rounding::truncate).equal(at::tensor({0, 0, 127, 254, 255, 255}, at::kInt)));
    EXPECT_TRUE(levels(Preconditioning::Rounding::nearest).equal(at::tensor({0, 0, 128, 255, 255, 255}, at::kInt)));
}

}  // namespace
}  // namespace drift
