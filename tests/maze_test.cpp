// The game "maze": a walk on a grid of whole units in 16 directions, seen from within, and a probe that tells the pose from any picture.
#include "games/maze.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <glm/geometric.hpp>
#include <set>

#include "core/error.h"
#include "core/noise.h"
#include "games/list.h"
#include "games/maze_map.h"
#include "games/policy.h"

namespace drift {
namespace {

using M = MazeMap;

// Plays `steps` by the roll-out policy and hands over what was before each and the game after it.
template <class Look>
void wander(std::uint64_t seed, int steps, Look look) {
    Maze game;
    game.reset(seed);
    auto policy = rollout_policy(seed);
    for (int i = 0; i < steps; ++i) {
        int action = policy.act(game);
        Maze::State was = game.state();
        game.step(action);
        look(was, action, game);
    }
}

Frame picture_of(const Maze& game) {
    Frame frame;
    game.render(frame);
    return frame;
}

Frame noisy(Frame frame, std::uint64_t key, float deviation) {
    std::vector<float> grain(frame.rgb.size());
    noise({1, key, 0}, 0, grain);
    for (std::size_t i = 0; i < grain.size(); ++i)
        frame.rgb[i] = static_cast<std::uint8_t>(
            std::clamp(static_cast<float>(frame.rgb[i]) + deviation * grain[i], 0.0f, 255.0f));
    return frame;
}

void expect_same_pose(const Probe& read, const Probe& real) {
    ASSERT_TRUE(read.objects[0] && read.heading);
    EXPECT_EQ(read.objects[0]->x, real.objects[0]->x);
    EXPECT_EQ(read.objects[0]->y, real.objects[0]->y);
    EXPECT_EQ(*read.heading, *real.heading);
}

// Visits every `every`th of all the poses there are.
template <class Look>
void each_pose(int every, Look look) {
    Maze game;
    int count = 0;
    for (int y = 0; y < M::size; ++y)
        for (int x = 0; x < M::size; ++x)
            for (int heading = 0; heading < Maze::headings; ++heading) {
                if (!M::maze().free({x, y}) || count++ % every != 0) continue;
                game.set_state({{x, y}, heading, 0, false});
                look(game);
            }
}

TEST(Maze, EqualSeedsAndActionsGiveEqualPictures) {
    auto play = [] {
        std::vector<Frame> frames;
        wander(7, 200, [&](const Maze::State&, int, const Maze& game) { frames.push_back(picture_of(game)); });
        return frames;
    };
    EXPECT_EQ(play(), play());
}

TEST(Maze, AllCellsAreReachedFromAll) {
    const M& map = M::maze();
    EXPECT_GT(map.open.size(), 70u);
    for (glm::ivec2 cell : map.open)
        EXPECT_LT(map.far[M::index(map.open[0])][M::index(cell)], 255) << cell.x << "," << cell.y;
}

TEST(Maze, NoFaceOfARegionLooksLikeAnotherOfItsSide) {
    const M& map = M::maze();
    std::set<std::array<float, 6>> looks;
    int faces = 0;
    for (int y = 0; y < M::cells; ++y)
        for (int x = 0; x < M::cells; ++x)
            for (int side = 0; side < 4; ++side) {
                const M::Face& face = map.face({x, y}, side);
                if (face.emblem_half.x == 0) continue;  // no one sees it
                ++faces;
                looks.insert({face.wall.x, face.wall.y, face.wall.z, face.emblem.x, face.emblem.y, face.emblem.z});
            }
    EXPECT_EQ(looks.size(), static_cast<std::size_t>(faces));
}

TEST(Maze, TheProbeTellsThePoseFromAPicture) {
    each_pose(83, [](const Maze& game) {
        Probe read = game.probe(picture_of(game));
        expect_same_pose(read, game.probe());
        EXPECT_EQ(read.likeness, psnr_ceiling);
    });
}

TEST(Maze, TheProbeTellsThePoseUnderNoise) {
    std::uint64_t key = 0;
    each_pose(331, [&](const Maze& game) {
        Probe read = game.probe(noisy(picture_of(game), ++key, 20));
        expect_same_pose(read, game.probe());
        EXPECT_GT(read.likeness, 20);
    });
}

TEST(Maze, WhatIsNoPlaceOrTwoIsNowhere) {
    Maze game;
    EXPECT_FALSE(game.probe(Frame(64, 64)).objects[0]);
    EXPECT_FALSE(game.probe(Frame(64, 64)).heading);
    for (int level = 0; level < 256; level += 15) {
        Frame grey(64, 64);
        std::fill(grey.rgb.begin(), grey.rgb.end(), static_cast<std::uint8_t>(level));
        EXPECT_FALSE(game.probe(grey).objects[0]) << level;
        EXPECT_FALSE(game.probe(noisy(grey, 1, 60)).objects[0]) << level;
    }
}

// No two poses show the same: those that are near each other differ least.
TEST(Maze, EveryNeighbourLooksDifferent) {
    Maze other;
    each_pose(211, [&](const Maze& game) {
        const Frame own = picture_of(game);
        for (glm::ivec2 side : M::sides) {
            Maze::State beside = game.state();
            beside.at += side;
            if (!M::maze().free(beside.at)) continue;
            other.set_state(beside);
            EXPECT_LT(psnr(own, picture_of(other)), 40);
        }
    });
}

TEST(Maze, TheEyeKeepsItsDistanceFromTheWalls) {
    double nearest = 99;
    for (std::uint64_t seed = 0; seed < 20; ++seed)
        wander(seed, 1000, [&](const Maze::State&, int, const Maze& game) {
            const glm::vec2 eye = glm::vec2(game.state().at) / float(M::cell);
            const glm::ivec2 cell(eye);
            for (int y = cell.y - 1; y <= cell.y + 1; ++y)
                for (int x = cell.x - 1; x <= cell.x + 1; ++x)
                    if (M::maze().wall({x, y}))
                        nearest = std::min(
                            nearest,
                            double(glm::distance(eye, glm::clamp(eye, glm::vec2(x, y), glm::vec2(x + 1, y + 1)))));
        });
    EXPECT_GE(nearest, 0.4);
}

TEST(Maze, ActionsTurnByOneHeadingOrWalkAboutThreeUnits) {
    int walked = 0, stopped = 0;
    std::set<int> headings;
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
        Maze before;
        wander(seed, 500, [&](const Maze::State& was, int action, const Maze& game) {
            const Maze::State& is = game.state();
            const int turn = (is.heading - was.heading + Maze::headings) % Maze::headings;
            EXPECT_EQ(turn, action == Maze::right ? 1 : action == Maze::left ? Maze::headings - 1 : 0);
            const float way = glm::distance(glm::vec2(is.at), glm::vec2(was.at));
            if (action == Maze::forward || action == Maze::back) {
                EXPECT_LT(way, 3.2f);
                EXPECT_EQ(game.rare_event(),
                          is.at - was.at != Maze::stride(action == Maze::forward ? is.heading : (is.heading + 8) % 16));
                ++(way == 0 ? stopped : walked);
            } else {
                EXPECT_EQ(way, 0);
            }
            before.set_state(was);
            EXPECT_EQ(game.obeyed(before.probe(), action, game.probe()), true);
            EXPECT_EQ(game.obeyed(before.probe(), action == Maze::left ? Maze::right : Maze::left, game.probe()),
                      false);
            headings.insert(is.heading);
        });
    }
    EXPECT_GT(walked, 1000);
    EXPECT_GT(stopped, 50);
    EXPECT_EQ(headings.size(), 16u);
}

TEST(Maze, StridesGoWhereTheHeadingLooks) {
    for (int heading = 0; heading < Maze::headings; ++heading) {
        const glm::vec2 stride(Maze::stride(heading)), ahead = Maze::direction(heading);
        EXPECT_NEAR(glm::length(ahead), 1, 1e-6);
        EXPECT_NEAR(ahead.x, std::sin(heading * std::acos(-1.0) / 8), 1e-6);
        EXPECT_NEAR(-ahead.y, std::cos(heading * std::acos(-1.0) / 8), 1e-6);
        EXPECT_GT(glm::dot(glm::normalize(stride), ahead), 0.99f);
        EXPECT_NEAR(glm::length(stride), 3, 0.2);
    }
}

TEST(Maze, WhoMissesAnOpeningIsLedIntoIt) {
    Maze game;
    for (int x : {3 * 16 + 3, 3 * 16 + 8}) {  // row 1 to 3 of the first room lie above its opening in column 2
        game.set_state({{x - 16, 4 * 16 + 9}, 8, 0, false});
        for (int i = 0; i < 20; ++i) game.step(Maze::forward);
        EXPECT_GT(game.state().at.y, 5 * 16) << x;
    }
}

TEST(Maze, RollOutsCoverTheMaze) {
    std::set<std::pair<int, int>> cells;
    std::vector<int> visits(M::cells * M::cells);
    int trips = 0;
    for (std::uint64_t seed = 0; seed < 40; ++seed)
        wander(seed, 500, [&](const Maze::State& was, int, const Maze& game) {
            const glm::ivec2 cell = game.state().at / M::cell;
            cells.insert({cell.x, cell.y});
            ++visits[M::index(cell)];
            trips += game.state().trip != was.trip;
        });
    EXPECT_GE(cells.size(), M::maze().open.size() * 95 / 100);
    EXPECT_GT(trips, 80);
    for (glm::ivec2 cell : M::maze().open) EXPECT_LT(visits[M::index(cell)], 20000 / 10) << cell.x << "," << cell.y;
}

TEST(Maze, TheExpertArrives) {
    for (std::uint64_t seed = 0; seed < 60; ++seed) {
        Maze game;
        game.reset(seed);
        for (int trip = 0; trip < 5; ++trip) {
            const auto goal = game.state().trip;
            int steps = 0;
            while (game.state().trip == goal && ++steps < 400) game.step(*game.expert_action());
            ASSERT_LT(steps, 400) << "seed " << seed;
        }
    }
}

TEST(Maze, StatesComeBackAndWrongOnesAreRefused) {
    Maze game, other;
    game.reset(4);
    for (int i = 0; i < 50; ++i) game.step(*game.expert_action());
    auto state = game.save();
    other.load(state);
    EXPECT_EQ(other.state(), game.state());
    for (int i = 0; i < 50; ++i) {
        game.step(*game.expert_action()), other.step(*other.expert_action());
        ASSERT_EQ(picture_of(game), picture_of(other));
    }
    for (std::size_t i : {0u, 2u, 3u}) {  // in a wall; a heading, a truth that there is none of
        auto wrong = state;
        wrong[i] = 255;
        EXPECT_THROW(other.load(wrong), Error);
    }
    state.pop_back();
    EXPECT_THROW(other.load(state), Error);
    EXPECT_THROW(other.load({}), Error);
}

TEST(Maze, TheMapIsOnePixelAUnit) {
    auto game = make_game("maze");
    Frame map = game->map();
    EXPECT_EQ(map.width, M::size);
    EXPECT_EQ(map.height, M::size);
}

}  // namespace
}  // namespace drift
