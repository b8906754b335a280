// Schedules against their closed forms, what a frame costs, and the named starts.
#include <gtest/gtest.h>

#include <cmath>

#include "core/sampler_settings.h"

namespace drift {
namespace {

SamplerSettings scheduled(Schedule schedule, int steps) {
    SamplerSettings settings;
    settings.schedule = schedule;
    settings.steps = steps;
    return settings;
}

// The formula in double precision; the code computes it in float.
double closed_form(const SamplerSettings& s, int i) {
    double t = s.steps > 1 ? static_cast<double>(i) / (s.steps - 1) : 0, low = s.sigma_min, high = s.sigma_max;
    switch (s.schedule) {
        case Schedule::exponential: return std::exp(std::log(high) + t * (std::log(low) - std::log(high)));
        case Schedule::linear: return high + t * (low - high);
        case Schedule::cosine: return low + (high - low) * (1 + std::cos(M_PI * t)) / 2;
        default:
            return std::pow(
                std::pow(high, 1.0 / s.rho) + t * (std::pow(low, 1.0 / s.rho) - std::pow(high, 1.0 / s.rho)), s.rho);
    }
}

TEST(Schedules, FollowTheirClosedForms) {
    for (Schedule schedule : {Schedule::karras, Schedule::exponential, Schedule::linear, Schedule::cosine})
        for (int steps : {1, 2, 3, 5, 10, 64})
            for (float rho : {1.0f, 3.5f, 7.0f, 20.0f})
                for (auto [low, high] : {std::pair(0.002f, 5.0f), {0.0001f, 100.0f}, {1.0f, 5.0f}}) {
                    SamplerSettings settings = scheduled(schedule, steps);
                    settings.rho = rho;
                    settings.sigma_min = low;
                    settings.sigma_max = high;
                    auto levels = sigmas(settings);
                    ASSERT_EQ(levels.size(), static_cast<std::size_t>(steps) + 1);
                    EXPECT_EQ(levels.back(), 0);
                    for (int i = 0; i < steps; ++i) {
                        // Differences of roots cancel near the low end: a few float steps of the high end there, relative elsewhere.
                        double expected = closed_form(settings, i);
                        EXPECT_NEAR(levels[static_cast<std::size_t>(i)], expected, 2e-5 * expected + 4e-7 * high)
                            << settings.steps << " " << i << " rho " << rho;
                        EXPECT_GT(levels[static_cast<std::size_t>(i)], levels[static_cast<std::size_t>(i) + 1]);
                    }
                }
}

// Values that the reference implementation of DIAMOND prints: its ends are not 5 and 0.002 exactly.
TEST(Schedules, KarrasHasTheReferencesEnds) {
    auto three = sigmas(scheduled(Schedule::karras, 3));
    EXPECT_NEAR(three[0], 4.99999857f, 1e-6f);
    EXPECT_NEAR(three[1], 0.283f, 1e-3f);
    EXPECT_NEAR(three[2], 0.00199999753f, 1e-8f);
    auto five = sigmas(scheduled(Schedule::karras, 5));
    EXPECT_NEAR(five[1], 1.377f, 1e-3f);
    EXPECT_NEAR(five[3], 0.0365f, 1e-4f);
}

TEST(Schedules, OneStepGoesFromSigmaMaxToNothing) {
    for (Schedule schedule : {Schedule::karras, Schedule::exponential, Schedule::linear, Schedule::cosine}) {
        auto levels = sigmas(scheduled(schedule, 1));
        ASSERT_EQ(levels.size(), 2u);
        EXPECT_NEAR(levels[0], 5, 1e-5);
        EXPECT_EQ(levels[1], 0);
    }
}

TEST(Schedules, AListIsUsedAsTyped) {
    SamplerSettings settings = scheduled(Schedule::list, 17);
    settings.sigma_list = {3, 0.5f};
    EXPECT_EQ(sigmas(settings), (std::vector<float>{3, 0.5f, 0}));
    EXPECT_EQ(network_calls(settings), 2);
    settings.sigma_list.clear();  // never handed to a sampler (clamping forbids it), and still not empty
    EXPECT_EQ(sigmas(settings).size(), 18u);
}

TEST(Schedules, CallsAreNForEulerAndOneLessThanDoubleForHeun) {
    for (int steps : {1, 2, 3, 64}) {
        SamplerSettings settings = scheduled(Schedule::karras, steps);
        EXPECT_EQ(network_calls(settings), steps);
        settings.solver = Solver::heun;
        EXPECT_EQ(network_calls(settings), 2 * steps - 1);
    }
}

TEST(Starts, TheNamedOnesSetScaleAndCentreAndKeepTheRest) {
    SamplerSettings settings = scheduled(Schedule::karras, 4);
    settings.start_scale = 0.3f;
    settings.s_churn = 2;
    SamplerSettings diamond = diamond_start(settings), edm = edm_start(settings),
                    noised = noised_previous_start(settings);
    EXPECT_EQ(start_scale(settings), 0.3f);
    EXPECT_EQ(start_scale(diamond), 1);
    EXPECT_EQ(start_scale(edm), sigmas(edm).front());
    EXPECT_EQ(start_scale(noised), sigmas(noised).front());
    EXPECT_EQ(diamond.start_centre, 0);
    EXPECT_EQ(edm.start_centre, 0);
    EXPECT_EQ(noised.start_centre, 1);
    for (SamplerSettings start : {diamond, edm, noised}) {
        start.start_at_sigma_max = settings.start_at_sigma_max;
        start.start_scale = settings.start_scale;
        start.start_centre = settings.start_centre;
        EXPECT_EQ(start, settings);
    }
    EXPECT_EQ(diamond_start(noised), diamond);
    EXPECT_EQ(edm_start(diamond_start(settings)), edm_start(diamond));
}

TEST(Starts, EdmFollowsAList) {
    SamplerSettings settings = edm_start(scheduled(Schedule::list, 3));
    settings.sigma_list = {2, 1};
    EXPECT_EQ(start_scale(settings), 2);
}

}  // namespace
}  // namespace drift
