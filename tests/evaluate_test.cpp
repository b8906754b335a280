// The measure measured: an oracle scores full marks, a frozen picture equals the copy, grey is a collapse.
#include "measure/evaluate.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/error.h"
#include "games/list.h"
#include "games/policy.h"
#include "made_world.h"
#include "measure/drift_meter.h"

namespace drift {
namespace {

struct Evaluate : testing::Test {
    std::vector<const Game*> real;  // the games that run beside the dreams
    MadeWorld world;
    EvaluationOptions options;
    void SetUp() override {
        options.episodes = 6;
        options.horizons = {20, 1, 5};
        options.make_game = [this] {
            auto game = make_game("bricks");
            real.push_back(game.get());
            return game;
        };
        options.make_policy = [](std::uint64_t seed) {
            return [policy = rollout_policy(seed)](const Game& game) mutable { return policy.act(game); };
        };
    }
};

TEST_F(Evaluate, AnOracleHasFullMarks) {
    world.make = [this](const DreamRequest&, std::size_t i) {
        Frame frame;
        real[i]->render(frame);
        return frame;
    };
    auto result = evaluate(world, options);
    EXPECT_EQ(result.horizons, (std::vector<int>{1, 5, 20}));
    for (std::size_t h = 0; h < 3; ++h) {
        EXPECT_EQ(result.psnr[h], psnr_ceiling);
        EXPECT_EQ(result.psnr_lo[h], psnr_ceiling);
        EXPECT_LT(result.copy_psnr[h], 35);
        EXPECT_EQ(result.hits["ball"][h], 1);
        EXPECT_EQ(result.hits["paddle"][h], 1);
    }
    EXPECT_EQ(result.obeyed, 1);
    EXPECT_FALSE(result.collapse_step);
}

TEST_F(Evaluate, AFrozenPictureIsTheCopyAndDoesNotObey) {
    world.make = [](const DreamRequest& request, std::size_t) { return request.history->frames.back(); };
    auto result = evaluate(world, options);
    EXPECT_EQ(result.psnr, result.copy_psnr);
    EXPECT_LT(result.obeyed, 0.9);
    EXPECT_LT(result.hits["ball"][2], 0.5);
    EXPECT_FALSE(result.collapse_step);  // still pictures of the game
}

TEST_F(Evaluate, GreyIsACollapseAtItsFirstStep) {
    world.make = [this](const DreamRequest& request, std::size_t i) {
        Frame frame;
        real[i]->render(frame);
        if (i == 3 && request.step >= 4) std::fill(frame.rgb.begin(), frame.rgb.end(), std::uint8_t{90});
        return frame;
    };
    EXPECT_EQ(evaluate(world, options).collapse_step, 4);
    options.horizons = {17};  // a second is not over yet
    real.clear();
    EXPECT_FALSE(evaluate(world, options).collapse_step);
}

// The ground of a plain game is so flat that speckle which is hardly to be seen makes its pictures many times as sharp.
TEST(Unlike, FaintSpeckleOnAFlatGroundIsNoCollapse) {
    Frame flat(16, 16), speckled(16, 16), noise(16, 16);
    std::fill(flat.rgb.begin(), flat.rgb.end(), std::uint8_t{20});
    std::fill_n(flat.rgb.begin(), 9, std::uint8_t{200});
    speckled = flat;
    for (std::size_t i = 0; i < flat.rgb.size(); ++i) {
        if (i / 3 % 2) speckled.rgb[i] = static_cast<std::uint8_t>(flat.rgb[i] + 12);
        noise.rgb[i] = static_cast<std::uint8_t>(i * 7919 % 251);
    }
    const Look opening = look_at(std::vector<Frame>{flat, flat});
    ASSERT_GT(look_of(speckled, opening).sharpness, 2.5);
    EXPECT_FALSE(unlike(look_of(speckled, opening)));
    EXPECT_TRUE(unlike(look_of(noise, opening)));
    std::fill(flat.rgb.begin(), flat.rgb.end(), std::uint8_t{20});
    EXPECT_TRUE(unlike(look_of(flat, opening))) << "nothing is left of the picture";
}

TEST_F(Evaluate, AnEpisodesFiguresDoNotDependOnThoseBeside) {
    world.make = [](const DreamRequest& request, std::size_t) {
        Frame frame = request.history->frames.back();
        frame.rgb[request.seed % 7 + request.step] ^= 0x40;
        return frame;
    };
    options.episodes = 1;
    auto alone = evaluate(world, options).psnr;
    options.episodes = 2;
    auto both = evaluate(world, options).psnr;
    options.episodes = 1, options.seed += 1;
    auto other = evaluate(world, options).psnr;
    for (std::size_t h = 0; h < alone.size(); ++h) EXPECT_NEAR(both[h], (alone[h] + other[h]) / 2, 1e-12);
}

TEST_F(Evaluate, NothingToMeasureIsSaid) {
    options.horizons.clear();
    EXPECT_THROW(evaluate(world, options), Error);
    options.horizons = {0};
    EXPECT_THROW(evaluate(world, options), Error);
}

TEST(Bootstrap, TheIntervalIsThatOfTheMean) {
    std::vector<double> values(100);
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<double>(i);
    auto [lo, hi] = bootstrap_interval(values);
    double error = 1.96 * std::sqrt((100.0 * 100 - 1) / 12) / 10;  // of the mean of 0 .. 99
    EXPECT_NEAR(lo, 49.5 - error, 1);
    EXPECT_NEAR(hi, 49.5 + error, 1);
    EXPECT_EQ(bootstrap_interval({3, 3, 3}), std::make_pair(3.0, 3.0));
    EXPECT_TRUE(std::isnan(bootstrap_interval({}).first));
}

TEST(Bootstrap, OfAMedianOneFarValueDoesNotCount) {
    EXPECT_EQ(median({5, 1, 3}), 3);
    EXPECT_EQ(median({4, 1, 2, 100}), 3);
    auto [lo, hi] = bootstrap_interval({1, 1, 1, 1, 1, 1, 1, 1, 1000}, median);
    EXPECT_EQ(lo, 1);
    EXPECT_EQ(hi, 1);
    EXPECT_GT(bootstrap_interval({1, 1, 1, 1, 1, 1, 1, 1, 1000}, mean).second, 100);
}

}  // namespace
}  // namespace drift
