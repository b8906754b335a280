// The fan of futures and the spread over noises: what is dreamed beside a play moves nothing, and a future that is taken is what was shown.
#include <gtest/gtest.h>

#include <cmath>

#include "theatre.h"

namespace drift {
namespace {

Command fan(std::uint64_t frames) { return {Command::Kind::fan, frames}; }
Command take(std::uint64_t future) { return {Command::Kind::take_future, future}; }

struct Standing {
    Theatre room;
    explicit Standing(int steps) {
        Controls controls;
        controls.direction = lanes({1, 0.5f});
        controls.paused = true;
        room.performance.direct(controls);
        room.performance.obey({Command::Kind::set_seed, 5});
        room.steps(steps);
    }
};

TEST(Futures, AreEightNoisesOfTheSameMomentAndKeys) {
    Standing standing(8);
    Theatre& room = standing.room;
    const std::size_t seen = room.shown.size();
    room.performance.obey(fan(5));
    EXPECT_FALSE(room.performance.fan()->done());
    room.work();
    const std::shared_ptr<const Fan> kept = room.performance.fan();
    const Fan& made = *kept;
    EXPECT_TRUE(made.done());
    EXPECT_EQ(made.position, room.shown.back().position);
    ASSERT_EQ(made.futures.size(), std::size_t{fan_width});
    for (int i = 0; i < fan_width; ++i) {
        EXPECT_EQ(made.futures[static_cast<std::size_t>(i)].noise_variation, i);
        EXPECT_EQ(made.futures[static_cast<std::size_t>(i)].frames.size(), 5u);
        for (int k = 0; k < i; ++k)
            EXPECT_NE(made.futures[static_cast<std::size_t>(i)].frames[0],
                      made.futures[static_cast<std::size_t>(k)].frames[0]);
    }
    EXPECT_EQ(room.shown.size(), seen) << "nothing was played";
    // What would come by itself is the first: the same noise, the last key held.
    const Action held = room.shown.back().action;
    for (std::size_t i = 0; i < 5; ++i) {
        room.performance.advance(held, {});
        EXPECT_EQ(room.shown.back().lanes[0].frame, made.futures[0].frames[i]) << i;
    }
    EXPECT_EQ(room.performance.fan(), nullptr) << "playing on ends it";
}

TEST(Futures, AreThoseOfTheLaneThatIsAskedFor) {
    Standing standing(8);
    Theatre& room = standing.room;
    room.performance.obey({Command::Kind::fan, 4, {}, 1});
    room.work();
    const std::shared_ptr<const Fan> made = room.performance.fan();
    ASSERT_TRUE(made);
    EXPECT_EQ(made->lane, 1);
    for (std::size_t i = 0; i < 4; ++i) {
        room.performance.advance(made->action, {});
        EXPECT_EQ(room.shown.back().lanes[1].frame, made->futures[0].frames[i]) << i;
    }
    room.performance.obey({Command::Kind::fan, 4, {}, 7});
    EXPECT_EQ(room.performance.fan()->lane, 0) << "there is none of that number: the main one's";
}

TEST(Futures, OneThatIsTakenIsPlayedAndItsNoiseStays) {
    Standing standing(8);
    Theatre& room = standing.room;
    room.performance.obey(fan(6));
    room.work();
    const std::shared_ptr<const Fan> made = room.performance.fan();
    room.performance.obey(take(3));
    room.work();
    EXPECT_EQ(room.performance.fan(), nullptr);
    ASSERT_GT(room.shown.size(), 6u);
    const Step& first = room.shown[room.shown.size() - 7];
    EXPECT_EQ(first.kind, Step::Kind::loaded) << "so that whoever set the lanes takes their settings";
    EXPECT_EQ(first.lanes[0].settings.noise_variation, 3);
    EXPECT_EQ(first.lanes[1].settings.noise_variation, 0) << "another lane keeps its own";
    for (std::size_t i = 0; i < 6; ++i) {
        const Step& step = room.shown[room.shown.size() - 6 + i];
        EXPECT_EQ(step.lanes[0].frame, made->futures[3].frames[i]) << i;
        EXPECT_EQ(step.position, made->position + i + 1);
    }
    room.on();
    EXPECT_EQ(room.shown.back().lanes[0].settings.noise_variation, 3);
}

TEST(Futures, AreGoneWhereThePlayIsElsewhere) {
    Standing standing(8);
    Theatre& room = standing.room;
    for (auto kind : {Command::Kind::step_back, Command::Kind::restart, Command::Kind::next_seed}) {
        room.performance.obey(fan(3));
        room.performance.obey({kind});
        EXPECT_EQ(room.performance.fan(), nullptr);
        room.performance.obey(take(2));  // of none: nothing happens
        EXPECT_FALSE(room.performance.busy());
    }
    room.performance.obey(fan(3));
    room.performance.obey(fan(0));
    EXPECT_EQ(room.performance.fan(), nullptr);
    room.performance.obey(fan(1000));
    EXPECT_EQ(room.performance.fan()->length, longest_fan);
    Controls playing = room.performance.controls();
    playing.paused = false;
    room.performance.direct(playing);
    EXPECT_FALSE(room.performance.busy());
}

TEST(Spread, IsTheDeviationOverEightNoisesAndChangesNothing) {
    PurePlayRoom plain, measured;
    Direction direction = lanes({1, 0}), looked = direction;
    looked.spread = 0;
    plain.play.open(4, direction), measured.play.open(4, looked);
    Step step;
    for (std::uint64_t i = 0; i < 10; ++i) {
        Step other = plain.play.advance({}, direction);
        step = measured.play.advance({}, looked);
        ASSERT_EQ(step.lanes[0].frame, other.lanes[0].frame);
        ASSERT_EQ(step.lanes[1].frame, other.lanes[1].frame);
        EXPECT_TRUE(other.spread.deviation.empty());
    }
    EXPECT_EQ(step.spread.lane, 0);
    double mean = 0, count = 0;  // its noise has a standard deviation of 3 levels where no end of the range is near
    for (std::size_t k = 0; k < step.spread.deviation.rgb.size(); ++k)
        if (int level = step.lanes[0].frame.rgb[k]; level > 20 && level < 235)
            mean += step.spread.deviation.rgb[k], ++count;
    ASSERT_GT(count, 100);
    EXPECT_NEAR(mean / count, 3, 0.4);
    looked.spread = 1;  // this lane starts without noise: every noise gives the same frame
    step = measured.play.advance({}, looked);
    EXPECT_EQ(step.spread.deviation, Frame(step.truth.width, step.truth.height));
    // Of a moment that is gone back to it is made again.
    Step again = measured.play.recall(10, -1, 0);
    EXPECT_EQ(again.spread.lane, 0);
    EXPECT_FALSE(again.spread.deviation.empty());
    EXPECT_TRUE(measured.play.recall(10).spread.deviation.empty());
}

}  // namespace
}  // namespace drift
