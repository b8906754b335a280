// Why the play is slow, and the switch that holds the rate.
#include <gtest/gtest.h>

#include "player/view.h"

namespace drift {
namespace {

SamplerSettings with_steps(int steps) {
    SamplerSettings settings;
    settings.steps = steps;
    return settings;
}

Load slow(std::vector<SamplerSettings> lanes, double rate, double call_ms) {
    Load load;
    load.rate = rate, load.asked = 15, load.call_ms = call_ms, load.lanes = std::move(lanes);
    return load;
}

TEST(Pace, SaysWhatWouldHoldTheRate) {
    Load load = slow({with_steps(64)}, 1.4, 10);
    EXPECT_EQ(why_slow(load), "64 denoising steps: 1.4 of 15 fps; 6 denoising steps would hold the rate")
        << "63 of 66.7 ms";
    load.beside_ms = 30;
    EXPECT_EQ(steps_that_hold(load), 3) << "30 ms go elsewhere";
    load.rate = 14.9;
    EXPECT_EQ(why_slow(load), "") << "the clock's own grain";
}

TEST(Pace, WhatAFrameCostsIsMeasured) {
    Meters meters;
    for (int i = 1; i <= 20; ++i) {
        Step step;
        step.index = static_cast<std::uint64_t>(i);
        step.calls = 4;
        step.seconds = i <= 10 ? 1 : 0.1;  // the first ones are forgotten
        meters.add(step, i <= 10 ? i * 2 : 20 + (i - 10) * 0.15);
    }
    EXPECT_NEAR(meters.recent().call_ms, 25, 1e-3);
    EXPECT_NEAR(meters.recent().beside_ms, 50, 1e-3);
    meters.pause();
    EXPECT_EQ(meters.recent().beside_ms, 0) << "time stood still";
    EXPECT_NEAR(meters.recent().call_ms, 25, 1e-3);
}

TEST(Pace, HeunAndGuidanceCostTheirCalls) {
    Load load = slow({with_steps(10)}, 3, 10);
    load.lanes[0].solver = Solver::heun;
    EXPECT_EQ(steps_that_hold(load), 3) << "2n - 1 calls";
    load.lanes[0].action_guidance = 2;
    EXPECT_EQ(steps_that_hold(load), 2);
    EXPECT_EQ(why_slow(load), "10 denoising steps with guidance: 3 of 15 fps; 2 denoising steps would hold the rate");
    load.call_ms = 40;
    EXPECT_EQ(why_slow(load),
              "10 denoising steps with guidance: 3 of 15 fps; without guidance 1 denoising step would hold the rate");
}

TEST(Pace, NamesWhatElseCosts) {
    Load load = slow({with_steps(3), with_steps(1)}, 2, 150);
    EXPECT_EQ(why_slow(load), "2 lanes, 3 denoising steps: 2 of 15 fps; fewer lanes would help");
    load = slow({with_steps(3)}, 2, 10);
    load.unsure = true, load.times = 500.0 / 30;
    EXPECT_EQ(
        why_slow(load),
        "3 denoising steps with the picture Unsure: 2 of 15 fps; without Unsure 3 denoising steps would hold the rate");
    load = slow({with_steps(3)}, 2, 150);
    EXPECT_EQ(why_slow(load), "3 denoising steps: 2 of 15 fps; one network call takes 150 ms");
    load = slow({with_steps(3)}, 2, 10);
    EXPECT_EQ(why_slow(load), "3 denoising steps: 2 of 15 fps; the network needs only 30 of 500 ms");
    load.beside_ms = 470;
    EXPECT_EQ(why_slow(load), "3 denoising steps: 2 of 15 fps; 470 ms of each frame are not the network's");
    load.truth_ms = 465;
    EXPECT_EQ(why_slow(load), "2 of 15 fps; the real game takes 465 ms of each frame");
    load.awaited = 4.2;
    EXPECT_EQ(why_slow(load), "2 of 15 fps; the next frame has been awaited for 4 s")
        << "what holds it up is not known";
    load.beside_ms = load.truth_ms = load.awaited = 0;
    load.lanes[0].schedule = Schedule::list;
    load.lanes[0].sigma_list = std::vector<float>(12, 1.0f);
    EXPECT_EQ(why_slow(load), "12 denoising steps: 2 of 15 fps; fewer sigmas would help");
}

// A player whose network takes `call_ms` for each call, and nothing else any time.
struct Slow {
    View view;
    double call_ms = 20, game_ms = 0;
    std::uint64_t index = 0;

    explicit Slow(int steps) {
        view.world.emplace();
        view.world->rate = 15;
        view.settings() = with_steps(steps);
        view.now = 100;
    }
    int asked(std::size_t lane = 0) const { return view.controls().direction.lanes[lane].settings.steps; }
    void play(double seconds) {
        for (double end = view.now + seconds; view.now < end;) {
            Step step;
            step.index = ++index;
            step.calls = 0;
            const Controls controls = view.controls();
            for (const LanePlan& lane : controls.direction.lanes)
                if (!view.recorded(lane.lane)) step.calls = std::max(step.calls, network_calls(lane.settings));
            step.seconds = step.calls * call_ms / 1000;
            step.truth_seconds = game_ms / 1000;
            view.now += std::max(step.seconds + step.truth_seconds, 1.0 / 15);
            view.meters.add(step, view.now);
            hold_rate(view);
        }
    }
};

TEST(HoldTheRate, LeavesTheStepsWhereTheyAreNotWhatIsSlow) {
    Slow it(3);
    it.call_ms = 5, it.game_ms = 500;
    set_hold(it.view, true);
    it.play(20);
    EXPECT_EQ(it.asked(), 3) << "one step would not hold the rate either";
    it.game_ms = 0, it.call_ms = 40;
    it.play(10);
    EXPECT_EQ(it.asked(), 1);
    it.call_ms = 5, it.game_ms = 500;
    it.play(20);
    EXPECT_EQ(it.asked(), 3) << "what was taken in vain is given back";
}

TEST(HoldTheRate, LowersTheStepsAndGivesTheNumberBack) {
    Slow it(64);
    it.play(10);
    EXPECT_EQ(it.asked(), 64) << "only when it is asked to";
    set_hold(it.view, true);
    it.play(10);
    EXPECT_EQ(it.asked(), 3) << "3 calls of 20 ms in 66.7";
    EXPECT_EQ(it.view.notice.text(), "3 of 64 denoising steps, so that 15 fps hold");
    EXPECT_EQ(it.view.settings().steps, 64) << "the slider is the user's";
    EXPECT_FALSE(too_slow(load_of(it.view)));
    it.call_ms = 4;  // the machine has time again
    it.play(30);
    EXPECT_GT(it.asked(), 10);
    EXPECT_FALSE(too_slow(load_of(it.view)));
    set_hold(it.view, false);
    EXPECT_EQ(it.asked(), 64);
}

TEST(HoldTheRate, LeavesWhatHoldsAndWhatIsRecordedAlone) {
    Slow it(2);
    set_hold(it.view, true);
    it.play(10);
    EXPECT_EQ(it.asked(), 2);

    Slow watched(64);
    Lane beside = watched.view.lanes.all.front();
    beside.number = 1;
    watched.view.lanes.all.push_back(beside);
    watched.view.recording.watch.emplace();
    watched.view.recording.watch->lanes = {0};
    set_hold(watched.view, true);
    watched.play(10);
    EXPECT_EQ(watched.asked(0), 64) << "it is what it was";
    EXPECT_EQ(watched.asked(1), 3);
}

TEST(HoldTheRate, OneStepIsTheLeast) {
    Slow it(64);
    it.call_ms = 200;
    set_hold(it.view, true);
    it.play(60);
    EXPECT_EQ(it.asked(), 1);
}

}  // namespace
}  // namespace drift
