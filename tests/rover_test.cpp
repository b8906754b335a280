// The game "rover": one fixed island, a view that scrolls over it, and a probe that finds any picture's place on the map.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "core/error.h"
#include "core/noise.h"
#include "games/list.h"
#include "games/policy.h"

namespace drift {
namespace {

// Plays `steps` by the roll-out policy and hands over what is seen before and after each.
template <class Look>
void wander(std::uint64_t seed, int steps, Look look) {
    auto game = make_game("rover");
    game->reset(seed);
    auto policy = rollout_policy(seed);
    Frame before, after;
    game->render(before);
    for (int i = 0; i < steps; ++i) {
        int action = policy.act(*game);
        Probe was = game->probe();
        game->step(action);
        game->render(after);
        look(*game, was, action, after);
        before = after;
    }
}

TEST(Rover, EqualSeedsAndActionsGiveEqualPictures) {
    auto play = [] {
        std::vector<Frame> frames;
        wander(7, 200, [&](const Game&, const Probe&, int, const Frame& frame) { frames.push_back(frame); });
        return frames;
    };
    EXPECT_EQ(play(), play());
}

TEST(Rover, TheMapIsWhatTheViewsShow) {
    auto map = make_game("rover")->map();
    wander(3, 300, [&](const Game& game, const Probe&, int, const Frame& frame) {
        Point corner = *game.probe().objects[0];
        ASSERT_TRUE(corner.x >= 0 && corner.y >= 0 && corner.x + 64 <= map.width && corner.y + 64 <= map.height);
        for (int x : {0, 10, 63})  // away from the rover in the middle
            for (int y : {0, 9, 63})
                for (int c = 0; c < 3; ++c)
                    ASSERT_EQ(frame.at(x, y)[c],
                              map.at(static_cast<int>(corner.x) + x, static_cast<int>(corner.y) + y)[c]);
    });
}

TEST(Rover, TheProbeFindsEveryPlaceUnderNoiseToo) {
    std::uint64_t step = 0;
    std::vector<float> grain(64 * 64 * 3);
    for (std::uint64_t seed = 0; seed < 10; ++seed)
        wander(seed, 60, [&](const Game& game, const Probe&, int, const Frame& frame) {
            Frame noisy = frame;
            noise({1, ++step, 0}, 0, grain);
            for (std::size_t i = 0; i < grain.size(); ++i)
                noisy.rgb[i] = static_cast<std::uint8_t>(
                    std::clamp(static_cast<float>(frame.rgb[i]) + 10 * grain[i], 0.0f, 255.0f));
            Probe real = game.probe(), clean = game.probe(frame), read = game.probe(noisy);
            ASSERT_TRUE(clean.objects[0] && read.objects[0]);
            EXPECT_TRUE(clean.objects[0]->x == real.objects[0]->x && clean.objects[0]->y == real.objects[0]->y);
            EXPECT_TRUE(read.objects[0]->x == real.objects[0]->x && read.objects[0]->y == real.objects[0]->y);
            EXPECT_EQ(clean.likeness, psnr_ceiling);
            EXPECT_GT(read.likeness, 25);
        });
    auto game = make_game("rover");
    EXPECT_FALSE(game->probe(Frame(64, 64)).objects[0]);  // black is nowhere
}

TEST(Rover, ActionsMoveByTwoPixelsAndWaterStops) {
    int stopped = 0, moved = 0;
    for (std::uint64_t seed = 0; seed < 5; ++seed)
        wander(seed, 400, [&](const Game& game, const Probe& was, int action, const Frame&) {
            Probe is = game.probe();
            float dx = is.objects[0]->x - was.objects[0]->x, dy = is.objects[0]->y - was.objects[0]->y;
            EXPECT_EQ(game.obeyed(was, action, is), true);
            float way = std::abs(dx) + std::abs(dy);
            EXPECT_TRUE(way == 0 || (action != 0 && way == 2));
            (way != 0 ? moved : stopped) += action != 0;
        });
    EXPECT_GT(stopped, 5);
    EXPECT_GT(moved, 500);
}

TEST(Rover, StatesComeBackAndWrongOnesAreRefused) {
    auto game = make_game("rover"), other = make_game("rover");
    game->reset(4);
    for (int i = 0; i < 50; ++i) game->step(*game->expert_action());
    auto state = game->save();
    other->load(state);
    for (int i = 0; i < 50; ++i) {
        Frame a, b;
        game->step(i % 5), other->step(i % 5);
        game->render(a), other->render(b);
        ASSERT_EQ(a, b);
    }
    state.pop_back();
    EXPECT_THROW(other->load(state), Error);
    EXPECT_THROW(other->load(std::vector<std::uint8_t>(state.size() + 1, 0xff)), Error);
}

}  // namespace
}  // namespace drift
