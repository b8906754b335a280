// Lanes and time: what was played can be gone back to exactly, and going on from there is what playing on was.
#include "session/play.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "core/error.h"
#include "play_room.h"
#include "scratch_folder.h"

namespace drift {
namespace {

Action key(std::uint64_t step) { return {step % 5 < 2 ? 1u << 1 : step % 7 == 3 ? 1u << 2 : 0}; }

std::vector<std::uint8_t> shown(Step step) {  // all but what differs between playing and recalling
    step.kind = Step::Kind::played;
    step.seconds = 0;
    step.position = 0;
    return to_bytes({step, {}});
}

TEST(Lanes, EqualSettingsGiveEqualBytes) {
    PlayRoom room;
    Direction two = lanes({1, 1});
    room.play.open(3, two);
    for (std::uint64_t i = 0; i < 30; ++i) {
        Step step = room.play.advance(key(i), two);
        ASSERT_EQ(step.lanes[0].frame, step.lanes[1].frame) << i;
    }
    two.own_noise = true;
    Step step = room.play.advance({}, two);
    EXPECT_NE(step.lanes[0].frame, step.lanes[1].frame);
}

TEST(Lanes, BeginAsCopiesAndEndWhereTheyAreNotNamed) {
    PlayRoom room;
    Direction direction = lanes({1});
    room.play.open(3, direction);
    for (std::uint64_t i = 0; i < 10; ++i) room.play.advance(key(i), direction);
    direction.lanes.push_back({7, 0, direction.lanes[0].settings});
    Step step = room.play.advance({}, direction);
    ASSERT_EQ(step.lanes.size(), 2u);
    EXPECT_EQ(step.lanes[1].lane, 7);
    EXPECT_EQ(step.lanes[0].frame, step.lanes[1].frame);
    EXPECT_EQ(step.lanes[1].drift.main_psnr, psnr_ceiling);
    EXPECT_TRUE(std::isnan(step.lanes[0].drift.main_psnr));
    direction.main = 7;
    direction.lanes.erase(direction.lanes.begin());
    step = room.play.advance({}, direction);
    ASSERT_EQ(step.lanes.size(), 1u);
    EXPECT_EQ(step.main_lane().lane, 7);
}

TEST(Lanes, ResyncTakesTheRealFrames) {
    PlayRoom room;
    Direction direction = lanes({5, 1});
    room.play.open(3, direction);
    Step step;
    for (std::uint64_t i = 0; i < 10; ++i) step = room.play.advance(key(i), direction);
    EXPECT_NE(step.lanes[0].frame, step.truth);
    auto synced = room.play.resync(0);
    ASSERT_TRUE(synced);
    EXPECT_EQ(synced->lanes[0].frame, synced->truth);
    EXPECT_EQ(synced->lanes[1].frame, step.lanes[1].frame);
    StageState state = room.stage.save();
    EXPECT_EQ(state.lanes[0].history, state.truth);
    EXPECT_NE(state.lanes[1].history, state.truth);
    EXPECT_EQ(room.play.timeline().at(room.play.cursor()).state.lanes[0].history, state.truth);
    EXPECT_FALSE(room.play.resync(9));
}

TEST(Time, ARecalledStepIsExactAndGoingOnGivesTheSameBytes) {
    PlayRoom room;
    Direction direction = lanes({1, 5, 0.5f});
    std::vector<std::vector<std::uint8_t>> seen{shown(room.play.open(4, direction))};
    for (std::uint64_t i = 1; i <= 60; ++i) seen.push_back(shown(room.play.advance(key(i), direction)));
    for (std::uint64_t at : {60u, 59u, 48u, 47u, 33u, 16u, 15u, 1u, 0u}) {
        Step step = room.play.recall(at);
        EXPECT_EQ(step.kind, Step::Kind::recalled);
        EXPECT_EQ(step.position, at);
        EXPECT_EQ(shown(step), seen[at]) << at;
    }
    room.play.recall(21);
    for (std::uint64_t i = 22; i <= 60; ++i) {
        Step step = room.play.advance(key(i), direction);
        EXPECT_EQ(shown(step), seen[i]) << i;
        EXPECT_EQ(step.ghost, step.main_lane().frame) << i;  // the future that was left is the same here
    }
    EXPECT_TRUE(room.play.advance({}, direction).ghost.empty());
}

TEST(Time, ABranchEqualsAFreshRunAndLeavesAGhost) {
    PlayRoom room, fresh;
    Direction direction = lanes({1, 2}), other = lanes({5, 2});
    room.play.open(4, direction);
    std::vector<Frame> left{{}};
    for (std::uint64_t i = 1; i <= 40; ++i) left.push_back(room.play.advance(key(i), direction).main_lane().frame);
    room.play.recall(20);
    fresh.play.open(4, direction);
    for (std::uint64_t i = 1; i <= 20; ++i) fresh.play.advance(key(i), direction);
    for (std::uint64_t i = 21; i <= 40; ++i) {
        Step step = room.play.advance(key(i + 1), other);
        EXPECT_EQ(shown(step), shown(fresh.play.advance(key(i + 1), other))) << i;
        EXPECT_EQ(step.ghost, left[i]) << i;
    }
}

TEST(Time, ReachesBackOverEpisodes) {
    PlayRoom room;
    Direction direction = lanes({1});
    room.play.open(4, direction);
    Step last = room.play.advance({}, direction);
    room.play.open(5, direction);
    room.play.advance({}, direction);
    EXPECT_EQ(shown(room.play.recall(1)), shown(last));
    EXPECT_EQ(room.play.advance({}, direction).episode, 0u);
}

TEST(Time, TheFilmOfAPastStepIsOfThatStep) {
    PlayRoom room;
    Direction direction = lanes({1, 5});
    room.play.open(4, direction);
    std::vector<Step> steps{{}};
    direction.film = 1;
    for (std::uint64_t i = 1; i <= 20; ++i) steps.push_back(room.play.advance(key(i), direction));
    ASSERT_TRUE(steps[9].film);
    EXPECT_EQ(steps[9].film->context.back(), steps[8].lanes[1].frame);
    Step again = room.play.recall(9, 1);
    ASSERT_TRUE(again.film);
    EXPECT_EQ(again.film->calls.back().d, steps[9].film->calls.back().d);
    EXPECT_EQ(again.film->context, steps[9].film->context);
    room.play.recall(8);
    Step other = room.play.advance(key(3), direction);  // of the same position and index, in another future
    EXPECT_NE(other.film->number, steps[9].film->number) << "or one is shown for the other";
    EXPECT_FALSE(room.play.recall(9).film);
    EXPECT_FALSE(room.play.recall(0, 1).film);
    EXPECT_EQ(shown(room.play.advance(key(1), direction)).empty(), false);
}

TEST(Timeline, StaysWithinItsBudgetAndForgetsTheOldest) {
    PlayRoom room;
    Direction direction = lanes({5});
    room.play.open(4, direction);
    Timeline timeline(4 << 20);
    for (std::uint64_t i = 0; i < 300; ++i) {
        Step step = room.play.advance(key(i), direction);
        step.position = i;
        timeline.put({step, room.stage.save()});
        EXPECT_LE(timeline.bytes(), 4u << 20) << i;
    }
    EXPECT_GT(timeline.first(), 0u);
    EXPECT_EQ(timeline.end(), 300u);
    EXPECT_EQ(timeline.at(timeline.first()).step.position, timeline.first());
}

struct StateFile : testing::Test {
    ScratchFolder folder;
};

TEST_F(StateFile, BringsAMomentBackInAnotherSession) {
    PlayRoom room, other;
    Direction direction = lanes({1, 5});
    room.play.open(4, direction);
    for (std::uint64_t i = 1; i <= 20; ++i) room.play.advance(key(i), direction);
    room.play.save(folder / "states" / "1.state");
    room.play.save(folder / "7.state", 7);  // a moment of the past, as it was seen
    Step on = room.play.advance(key(21), direction);
    other.play.open(9, direction);
    Step back = other.play.load(folder / "states" / "1.state");
    EXPECT_EQ(back.kind, Step::Kind::loaded);
    EXPECT_EQ(back.lanes[1].settings.start_scale, 5.0f);
    EXPECT_EQ(back.index, 20u);
    StageState a = room.play.timeline().at(20).state, b = other.stage.save();
    EXPECT_EQ(a.lanes[1].history, b.lanes[1].history);
    EXPECT_EQ(a.game, b.game);
    EXPECT_EQ(other.play.load(folder / "7.state").index, 7u);
    EXPECT_EQ(other.play.recall(0).seed, 9u);  // what was before the loading is still there
}

TEST(Time, TheTimelineThatWasLeftCanBeReturnedTo) {
    PlayRoom room;
    Direction direction = lanes({1, 5});
    room.play.open(4, direction);
    EXPECT_THROW(room.play.return_to_left(), Error);
    std::vector<std::vector<std::uint8_t>> first;
    for (std::uint64_t i = 1; i <= 20; ++i) first.push_back(shown(room.play.advance(key(i), direction)));
    room.play.recall(10);
    for (std::uint64_t i = 1; i <= 5; ++i) room.play.advance({}, direction);
    Step back = room.play.return_to_left();
    EXPECT_EQ(back.kind, Step::Kind::loaded);
    EXPECT_EQ(back.index, 20u);
    EXPECT_EQ(shown(back), first.back());
    EXPECT_EQ(room.play.cursor(), 16u) << "what was played since stays before it";
    Step on = room.play.advance(key(21), direction);
    PlayRoom straight;
    straight.play.open(4, direction);
    for (std::uint64_t i = 1; i <= 20; ++i) straight.play.advance(key(i), direction);
    EXPECT_EQ(shown(on), shown(straight.play.advance(key(21), direction)));
}

TEST_F(StateFile, WhatIsNotOneOfThisWorldIsRefusedAndNothingMoves) {
    PlayRoom room;
    Direction direction = lanes({1});
    room.play.open(4, direction);
    room.play.save(folder / "1.state");
    auto sentence = [&](const char* name) -> std::string {
        try {
            room.play.load(folder / name);
        } catch (const Error& error) {
            return error.what();
        }
        return "";
    };
    auto change = [&](const char* name, std::size_t at, std::size_t size) {
        std::ifstream in(folder / "1.state", std::ios::binary);
        std::string bytes((std::istreambuf_iterator<char>(in)), {});
        if (at < bytes.size()) bytes[at] ^= 4;
        bytes.resize(std::min(size, bytes.size()));
        std::ofstream(folder / name, std::ios::binary) << bytes;
    };
    change("magic", 0, 1 << 20), change("version", 8, 1 << 20), change("short", 1 << 20, 90),
        change("damaged", 200, 1 << 20);
    change("world", 12 + 8 + 6 + 8 + 2, 1 << 20);  // in the hash of the weights
    EXPECT_NE(sentence("absent").find("no state"), std::string::npos);
    EXPECT_NE(sentence("magic").find("another kind"), std::string::npos);
    EXPECT_NE(sentence("version").find("version"), std::string::npos);
    EXPECT_NE(sentence("short").find("more bytes"), std::string::npos);
    EXPECT_NE(sentence("damaged").find("checksum"), std::string::npos);
    EXPECT_NE(sentence("world").find("of the world bricks"), std::string::npos);
    EXPECT_EQ(room.play.timeline().end(), 1u);
}

}  // namespace
}  // namespace drift
