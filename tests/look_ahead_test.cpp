// A frame that is imagined before it is due: it is the same frame, and it is the keys' that held when it was due.
#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "controls.h"
#include "core/error.h"
#include "fake_world.h"
#include "session/generation.h"
#include "theatre.h"

namespace drift {
namespace {

using namespace std::chrono_literals;
using enum Command::Kind;
using Clock = KeyLatch::Clock;

TEST(LookAhead, WhatWasProposedIsTaken) {
    KeyLatch latch;
    const Clock::time_point due = Clock::now() + 1h;
    latch.press(1);
    EXPECT_EQ(latch.propose(due), Action{2});
    EXPECT_EQ(latch.take(), Action{2});
    EXPECT_EQ(latch.take(), Action{2});  // still held
}

TEST(LookAhead, AKeyInTimeChangesTheStepAndIsSaid) {
    KeyLatch latch;
    int changed = 0;
    latch.set_changed([&] { ++changed; });
    const Clock::time_point due = Clock::now() + 1h;
    EXPECT_EQ(latch.propose(due), Action{});
    latch.press(1, due - 1s);
    EXPECT_EQ(changed, 1);
    EXPECT_EQ(latch.propose(due), Action{2});
    latch.release(1, due - 1ms);  // the tap is this step's, whether the key is still down or not
    EXPECT_EQ(changed, 1);
    EXPECT_EQ(latch.take(), Action{2});
    EXPECT_EQ(latch.take(), Action{});
}

TEST(LookAhead, AKeyThatIsLateCountsForTheNextStep) {
    KeyLatch latch;
    int changed = 0;
    latch.set_changed([&] { ++changed; });
    const Clock::time_point due = Clock::now();
    latch.press(1, due - 1s);
    EXPECT_EQ(latch.propose(due), Action{2});
    latch.release(1, due + 1ms);
    latch.press(2, due + 2ms);
    latch.release(2, due + 3ms);
    EXPECT_EQ(changed, 0);
    EXPECT_EQ(latch.take(), Action{2});
    EXPECT_EQ(latch.take(), Action{4});
    EXPECT_EQ(latch.take(), Action{});
}

TEST(LookAhead, TheSameKeyAgainAfterItsStepIsATapOfItsOwn) {
    KeyLatch latch;
    const Clock::time_point due = Clock::now();
    latch.press(1, due - 2s);
    latch.release(1, due - 1s);
    EXPECT_EQ(latch.propose(due), Action{2});
    latch.press(1, due + 1ms);
    latch.release(1, due + 2ms);
    EXPECT_EQ(latch.take(), Action{2});
    EXPECT_EQ(latch.take(), Action{2});
    EXPECT_EQ(latch.take(), Action{});
}

TEST(LookAhead, ATapInTimeThatChangesNothingIsSpentWithItsStep) {
    KeyLatch latch;
    ActionSpace actions;
    actions.entries = {{"noop", {}}, {"left", {}}, {"right", {}}};
    latch.begin(actions);
    const Clock::time_point due = Clock::now() + 1h;
    latch.press(1, due - 2s);
    latch.release(1, due - 2s);  // a tap of left: it comes before what is held
    latch.press(2, due - 1900ms);
    EXPECT_EQ(latch.propose(due), Action{2});
    latch.press(1, due - 1s);  // again, in the same step
    latch.release(1, due - 900ms);
    EXPECT_EQ(latch.take(), Action{2});
    EXPECT_EQ(latch.take(), Action{4});
    EXPECT_EQ(latch.take(), Action{4});
}

TEST(LookAhead, LettingGoOfAllIsAChange) {
    KeyLatch latch;
    int changed = 0;
    latch.set_changed([&] { ++changed; });
    latch.press(1);
    latch.take();
    latch.propose(Clock::now() + 1h);
    latch.release_all();
    EXPECT_EQ(changed, 1);
    EXPECT_EQ(latch.take(), Action{});
}

TEST(LookAhead, APauseForgetsWhatWasProposed) {
    KeyLatch latch;
    latch.press(1);
    latch.take();
    latch.propose(Clock::now());
    latch.stand_still(true);
    latch.release(1);
    EXPECT_EQ(latch.take(), Action{});
}

TEST(LookAhead, AStepKnowsTheOldestKeyThatItAnswers) {
    KeyLatch latch;
    const Clock::time_point start = Clock::now(), due = start + 100ms;
    latch.take();
    EXPECT_FALSE(latch.answered());
    latch.press(1, start + 10ms);
    latch.press(2, start + 20ms);
    latch.propose(due);
    latch.press(3, start + 120ms);
    latch.take();
    EXPECT_EQ(latch.answered(), start + 10ms);
    latch.take();
    EXPECT_EQ(latch.answered(), start + 120ms);
    latch.take();
    EXPECT_FALSE(latch.answered());
}

// How often it was asked.
struct CountingWorld : PureWorld {
    using PureWorld::PureWorld;
    void imagine(std::span<const DreamRequest> requests, std::span<Frame> frames) override {
        ++asked;
        PureWorld::imagine(requests, frames);
    }
    static inline int asked = 0;
};

TEST(LookAhead, TheStepThatWasImaginedIsTheOneThatIsPlayed) {
    TheatreOf<CountingWorld> theatre, other;
    theatre.performance.obey({set_seed, 7}), other.performance.obey({set_seed, 7});
    CountingWorld::asked = 0;
    for (std::uint32_t i = 0; i < 12; ++i) {
        const Action action{i % 3 == 0 ? 2u : 0u};
        theatre.performance.look_ahead(action, {});
        EXPECT_TRUE(theatre.performance.ready(action));
        EXPECT_FALSE(theatre.performance.ready({4u}));
        ASSERT_TRUE(theatre.performance.advance(action, {}));
    }
    EXPECT_EQ(CountingWorld::asked, 12);
    for (std::uint32_t i = 0; i < 12; ++i) ASSERT_TRUE(other.performance.advance({i % 3 == 0 ? 2u : 0u}, {}));
    ASSERT_EQ(theatre.shown.size(), other.shown.size());
    for (std::size_t i = 0; i < other.shown.size(); ++i) {
        EXPECT_EQ(theatre.shown[i].main_lane().frame, other.shown[i].main_lane().frame) << i;
        EXPECT_EQ(theatre.shown[i].truth, other.shown[i].truth) << i;
        EXPECT_EQ(theatre.shown[i].action, other.shown[i].action) << i;
    }
}

TEST(LookAhead, AnotherKeyOrSettingOrPlaceIsImaginedAnew) {
    TheatreOf<CountingWorld> theatre;
    theatre.performance.obey({set_seed, 7});
    theatre.performance.look_ahead({2u}, {});
    ASSERT_TRUE(theatre.performance.advance({4u}, {}));
    EXPECT_EQ(theatre.shown.back().action, Action{4u});

    theatre.performance.look_ahead({2u}, {});
    Controls controls = theatre.performance.controls();
    controls.direction.lanes[0].settings.steps = 7;
    theatre.performance.direct(controls);
    EXPECT_FALSE(theatre.performance.ready({2u}));
    ASSERT_TRUE(theatre.performance.advance({2u}, {}));
    EXPECT_EQ(theatre.shown.back().main_lane().settings.steps, 7);

    theatre.performance.look_ahead({2u}, {});
    theatre.performance.obey({step_back});
    EXPECT_FALSE(theatre.performance.ready({2u}));
    theatre.performance.look_ahead({2u}, {});
    theatre.performance.obey({resync, 0});
    EXPECT_FALSE(theatre.performance.ready({2u}));

    std::stop_source stopped;
    stopped.request_stop();
    theatre.performance.look_ahead({2u}, stopped.get_token());
    EXPECT_FALSE(theatre.performance.ready({2u}));
}

// The thread at the world's own pace, by a script: what it played.
struct Played {
    std::vector<Step> steps;
    std::optional<std::string> failure;
};
Played play(bool look_ahead, std::shared_ptr<FakeWorldControls> fake) {
    Generation::Plan plan;
    plan.open = [fake](const std::filesystem::path&) {
        return std::make_unique<Stage>(std::make_unique<FakeWorld>("bricks", fake), make_game("bricks"));
    };
    plan.script =
        KeyScript::parse("3 press Left\n9 release Left\n10 tap Right\n11 press Right\n20 press Left\n", "test");
    plan.frames = 30;
    Generation generation(plan);
    Controls controls;
    controls.speed = 8;
    controls.look_ahead = look_ahead;
    generation.set_controls(controls);
    Played played;
    for (bool finished = false; !finished; std::this_thread::sleep_for(1ms)) {
        Delivery all = generation.take();
        for (auto& shown : all.steps) played.steps.push_back(std::move(shown.step));
        if (all.failure) played.failure = all.failure;
        finished = all.finished;
    }
    return played;
}

TEST(LookAhead, APlayIsTheSameWithAndWithout) {
    auto fake = std::make_shared<FakeWorldControls>();
    fake->call_milliseconds = 1;
    const Played with = play(true, fake), without = play(false, fake);
    EXPECT_FALSE(with.failure);
    ASSERT_EQ(with.steps.size(), 31u);
    ASSERT_EQ(without.steps.size(), 31u);
    for (std::size_t i = 0; i < 31; ++i) {
        EXPECT_EQ(with.steps[i].action, without.steps[i].action) << i;
        EXPECT_EQ(with.steps[i].main_lane().frame, without.steps[i].main_lane().frame) << i;
        EXPECT_EQ(with.steps[i].truth, without.steps[i].truth) << i;
    }
}

// Time between two frames is seconds here: what happens meanwhile needs no luck.
struct Slow {
    std::shared_ptr<FakeWorldControls> fake = std::make_shared<FakeWorldControls>();
    std::optional<Generation> generation;
    std::vector<Delivery::Shown> shown;
    std::optional<std::string> failure;

    Slow() {
        Generation::Plan plan;
        plan.open = [fake = fake](const std::filesystem::path&) {
            return std::make_unique<Stage>(std::make_unique<FakeWorld>("bricks", fake), make_game("bricks"));
        };
        generation.emplace(plan);
        Controls controls;
        controls.speed = 0.05;  // a frame in 1.3 s
        generation->set_controls(controls);
    }
    bool until(const std::function<bool()>& condition) {
        for (auto end = Clock::now() + 20s; Clock::now() < end; std::this_thread::sleep_for(1ms)) {
            Delivery all = generation->take();
            for (auto& step : all.steps) shown.push_back(std::move(step));
            if (all.failure) failure = all.failure;
            if (condition()) return true;
        }
        return false;
    }
};

TEST(LookAhead, AKeyPressedWhileAFrameWaitsIsInThatFrame) {
    Slow slow;
    // A frame is there though it is not due; on a machine that stands still for a second it is tried again.
    ASSERT_TRUE(slow.until(
        [&] { return slow.fake->imagined > static_cast<int>(slow.shown.size()) - 1 && !slow.shown.empty(); }));
    const std::size_t before = slow.shown.size();
    const int imagined = slow.fake->imagined;
    const auto pressed = Clock::now();
    slow.generation->keys().press(1, pressed);
    ASSERT_TRUE(slow.until([&] { return slow.fake->imagined > imagined; }));  // begun again, at once
    ASSERT_TRUE(slow.until([&] { return slow.shown.size() > before; }));
    EXPECT_EQ(slow.shown[before].step.action, Action{2});
    EXPECT_EQ(slow.shown[before].answers, pressed);
}

TEST(LookAhead, AFailureAheadOfTimeIsSaidAndThePlayStands) {
    Slow slow;
    ASSERT_TRUE(slow.until([&] { return !slow.shown.empty(); }));
    slow.fake->broken = true;
    ASSERT_TRUE(slow.until([&] { return slow.failure.has_value(); }));
    EXPECT_NE(slow.failure->find("not finite"), std::string::npos);
}

}  // namespace
}  // namespace drift
