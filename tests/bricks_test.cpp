// The game bricks: deterministic, all of its state visible, read back from its pictures.
#include "games/bricks.h"

#include <gtest/gtest.h>

#include <bit>
#include <cstdlib>
#include <map>

#include "core/error.h"
#include "decided_game.h"
#include "games/list.h"
#include "games/policy.h"

namespace drift {
namespace {

std::vector<Frame> play(std::uint64_t seed, int steps) {
    auto game = make_game("bricks");
    auto policy = rollout_policy(seed);
    game->reset(seed);
    std::vector<Frame> frames(static_cast<std::size_t>(steps));
    for (Frame& frame : frames) {
        game->step(policy.act(*game));
        game->render(frame);
    }
    return frames;
}

TEST(Bricks, EqualSeedsAndActionsGiveEqualPictures) {
    EXPECT_EQ(play(7, 300), play(7, 300));
    EXPECT_NE(play(7, 300), play(8, 300));
}

TEST(Bricks, TheLastFramesAndTheActionDecideTheNext) {
    Bricks game;
    expect_last_frames_decide(game, 150, 10, 400, [](std::uint64_t play) {
        return [policy = rollout_policy(play)](const Game& now) mutable { return policy.act(now); };
    });
}

TEST(Bricks, TheProbeReadsPicturesExactly) {
    Bricks game;
    Frame frame;
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
        game.reset(seed);
        auto policy = rollout_policy(seed);
        for (int step = 0; step < 250; ++step) {
            Probe before = game.probe();
            int action = policy.act(game);
            game.step(action);
            game.render(frame);
            Probe real = game.probe(), read = game.probe(frame);
            ASSERT_EQ(read.likeness, psnr_ceiling);
            for (int object : {Bricks::ball, Bricks::paddle}) {
                ASSERT_TRUE(read.objects[object]);
                ASSERT_EQ(read.objects[object]->x, real.objects[object]->x);
                ASSERT_EQ(read.objects[object]->y, real.objects[object]->y);
            }
            ASSERT_EQ(game.obeyed(before, action, read), true);
        }
    }
}

TEST(Bricks, TheProbeKnowsWhatIsNoPictureOfTheGame) {
    Bricks game;
    Frame grey(64, 64);
    std::fill(grey.rgb.begin(), grey.rgb.end(), std::uint8_t{90});
    EXPECT_LT(game.probe(grey).likeness, 12);
    EXPECT_FALSE(game.probe(grey).objects[Bricks::ball]);
    EXPECT_FALSE(game.probe(Frame(64, 64)).objects[Bricks::paddle]);
}

TEST(Bricks, ADisobedientPaddleIsSeen) {
    Bricks game;
    game.reset(0);
    Probe before = game.probe();
    game.step(1);
    EXPECT_EQ(game.obeyed(before, 2, game.probe()), false);
    EXPECT_EQ(game.obeyed(before, 1, game.probe()), true);
    EXPECT_EQ(game.obeyed(Probe{{std::nullopt, std::nullopt}, {}, 0}, 1, game.probe()), std::nullopt);
}

TEST(Bricks, ASavedStateGoesOnAsTheGameDid) {
    Bricks game, copy;
    game.reset(3);
    for (int i = 0; i < 200; ++i) game.step(i / 7 % 3);
    copy.load(game.save());
    for (int i = 0; i < 200; ++i) game.step(i / 5 % 3), copy.step(i / 5 % 3);
    EXPECT_EQ(copy.state(), game.state());
}

TEST(Bricks, BytesThatAreNoStateAreRefused) {
    Bricks game;
    auto good = game.save();
    EXPECT_THROW(game.load(std::vector<std::uint8_t>{}), Error);
    for (std::size_t i = 0; i < good.size(); ++i) {
        auto bad = good;
        if (i >= 7 && i < 11) continue;  // which bricks stand: every value is one
        bad[i] = 0xFF;
        EXPECT_THROW(game.load(bad), Error) << i;
    }
}

TEST(Bricks, TheExpertPlaysWellAndChanceDoesNot) {
    auto lost = [](double skill) {
        int events = 0;
        for (std::uint64_t seed = 0; seed < 20; ++seed) {
            Bricks game;
            game.reset(2 * seed);
            Policy policy(seed, skill, 0);
            for (int i = 0; i < 500; ++i) {
                const int lives = game.state().lives;
                game.step(policy.act(game));
                events += game.state().lives != lives;
            }
        }
        return events;
    };
    EXPECT_LT(lost(1.0), 20);
    EXPECT_GT(lost(0.0), 200);
}

// Even the bad states come up in the training's mix, a wall emptied, a game lost; and all that turns the ball in its way is such an event.
TEST(Bricks, RollOutsMeetEveryRareEvent) {
    std::map<int, int> met;
    int games_lost = 0, slow_sides = 0;
    for (std::uint64_t seed = 0; seed < 150; ++seed) {
        Bricks game;
        game.reset(seed);
        auto policy = rollout_policy(seed);
        for (int i = 0; i < 400; ++i) {
            auto before = game.state();
            game.step(policy.act(game));
            const auto& now = game.state();
            const bool turned = now.ball_vx != before.ball_vx, fast = std::abs(now.ball_vx) > 2;
            const bool passes = now.bricks != 0 && now.ball_y > 12 && now.ball_y < 34;
            int event = Bricks::no_event;
            if (now.lives != before.lives) event = Bricks::life_lost;
            else if (std::popcount(now.bricks) > std::popcount(before.bricks)) event = Bricks::wall_put_up;
            else if (now.bricks != before.bricks) event = Bricks::brick_hit;
            else if (now.ball_y > 50 && before.ball_vy > 0 && now.ball_vy < 0) event = Bricks::paddle_hit;
            else if (fast && turned) event = Bricks::fast_side_wall;
            else if (fast && passes) event = Bricks::fast_among_bricks;
            ASSERT_EQ(game.rare_event(), event);
            ++met[event];
            games_lost += now.lives > before.lives;
            slow_sides += turned && event == Bricks::no_event;
        }
    }
    EXPECT_GT(met[Bricks::life_lost], 400);
    EXPECT_GT(games_lost, 100);
    EXPECT_GT(met[Bricks::wall_put_up], 3);
    EXPECT_GT(met[Bricks::brick_hit], 1000);
    EXPECT_GT(met[Bricks::paddle_hit], 500);
    EXPECT_GT(met[Bricks::fast_side_wall], 300);
    EXPECT_GT(met[Bricks::fast_among_bricks], 300);
    EXPECT_GT(slow_sides, 500);
}

TEST(Games, AnUnknownNameIsSaidWithTheKnownOnes) {
    try {
        make_game("chess");
        FAIL();
    } catch (const Error& e) {
        EXPECT_NE(std::string(e.what()).find("bricks"), std::string::npos);
    }
}

}  // namespace
}  // namespace drift
