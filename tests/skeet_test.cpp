// The game skeet: two buttons and a mouse, deterministic, all of its state visible, read back from its pictures.
#include "games/skeet.h"

#include <gtest/gtest.h>

#include "core/error.h"
#include "decided_game.h"
#include "games/list.h"
#include "games/policy.h"

namespace drift {
namespace {

TEST(Skeet, ButtonsAndMouseCountTogether) {
    Skeet game;
    game.reset(3);
    const ActionSpace& actions = game.info().actions;
    EXPECT_EQ(actions.told(), "2 buttons and a mouse of 5 by 5 classes");
    const auto before = game.state();
    game.step(actions.index({1u << 1 | 1u << 2, 2, -100}));
    EXPECT_EQ(game.state().cross_x, std::min(before.cross_x + 3, Skeet::cross_high));
    EXPECT_EQ(game.state().cross_y, std::max(before.cross_y - 8, Skeet::cross_low));
    EXPECT_TRUE(game.state().fire && game.state().focus);
    EXPECT_EQ(std::abs(game.state().disc_x - before.disc_x), 1) << "the ring slows the disc";
    game.step(actions.noop());
    EXPECT_FALSE(game.state().fire || game.state().focus);
}

TEST(Skeet, AShotIsOnePullOfTheTrigger) {
    Skeet game;
    Skeet::State state;
    state.cross_x = state.cross_y = 30, state.disc_x = 28, state.disc_y = 28;
    game.set_state(state);
    game.step(Skeet::fire);
    EXPECT_TRUE(game.rare_event());
    EXPECT_EQ(game.state().disc_x, 63 - 30);
    state.fire = true;
    game.set_state(state);
    game.step(Skeet::fire);
    EXPECT_FALSE(game.rare_event());
}

TEST(Skeet, TheLastFramesAndTheActionDecideTheNext) {
    Skeet game;
    expect_last_frames_decide(game, 60, 3, 200, [](std::uint64_t play) {
        return [play, step = 0](const Game& now) mutable {
            return now.expert_action().value() ^ (play % 5 == 0 && step++ % 7 == 0 ? ActionCode{Skeet::fire} : 0);
        };
    });
}

TEST(Skeet, TheProbeReadsPicturesExactly) {
    Skeet game;
    Frame frame;
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        game.reset(seed);
        auto policy = rollout_policy(seed);
        for (int step = 0; step < 150; ++step) {
            const Probe before = game.probe();
            const ActionCode action = policy.act(game);
            game.step(action);
            game.render(frame);
            const Probe real = game.probe(), read = game.probe(frame);
            ASSERT_EQ(read.likeness, psnr_ceiling) << "seed " << seed << " step " << step;
            for (std::size_t i = 0; i < real.objects.size(); ++i) {
                ASSERT_EQ(read.objects[i].has_value(), real.objects[i].has_value()) << i;
                if (!real.objects[i]) continue;
                ASSERT_EQ(read.objects[i]->x, real.objects[i]->x);
                ASSERT_EQ(read.objects[i]->y, real.objects[i]->y);
            }
            ASSERT_EQ(game.obeyed(before, action, read), true);
            ASSERT_EQ(game.obeyed(before, action ^ Skeet::fire, read), false);
            ASSERT_EQ(game.obeyed(before, action ^ Skeet::focus, read), false);
        }
    }
}

TEST(Skeet, TheProbeKnowsWhatIsNoPictureOfTheGame) {
    Skeet game;
    Frame grey(64, 64);
    std::fill(grey.rgb.begin(), grey.rgb.end(), std::uint8_t{90});
    EXPECT_LT(game.probe(grey).likeness, 15);
    EXPECT_FALSE(game.probe(grey).objects[Skeet::cross]);
    EXPECT_FALSE(game.probe(grey).objects[Skeet::disc]);
}

TEST(Skeet, TheExpertHits) {
    Skeet game;
    int hits = 0;
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
        game.reset(seed);
        for (int step = 0; step < 150; ++step) {
            game.step(game.expert_action().value());
            hits += game.rare_event();
        }
    }
    EXPECT_GT(hits, 100);
}

TEST(Skeet, AStateComesBackWholeAndOthersAreRefused) {
    Skeet game;
    game.reset(5);
    auto policy = rollout_policy(5);
    for (int i = 0; i < 40; ++i) game.step(policy.act(game));
    Skeet other;
    other.load(game.save());
    EXPECT_EQ(other.state(), game.state());
    auto bytes = game.save();
    bytes[0] = 2;
    EXPECT_THROW(other.load(bytes), Error);
    EXPECT_THROW(other.load({}), Error);
}

}  // namespace
}  // namespace drift
