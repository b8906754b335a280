// What the generation thread and its callers are made of: the mailbox, the beat, scripts of keys.
#include "session/outbox.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "core/error.h"
#include "games/list.h"
#include "session/key_script.h"
#include "session/pacer.h"

namespace drift {
namespace {

using namespace std::chrono_literals;

TEST(Outbox, WhereNobodyLooksTheOldestLoseTheirPicturesOnly) {
    Outbox box(3);
    for (std::uint64_t i = 0; i < 5; ++i) {
        Step step;
        step.index = i;
        step.truth = Frame(2, 2);
        step.lanes.push_back({0, {}, Frame(2, 2), {}, {}, {}});
        box.put(step, Standing{});
    }
    auto steps = box.take().steps;
    ASSERT_EQ(steps.size(), 5u);
    for (std::size_t i = 0; i < 5; ++i)
        EXPECT_EQ(steps[i].step.main_lane().frame.empty() && steps[i].step.truth.empty(), i < 2) << i;
    EXPECT_TRUE(box.take().steps.empty());
}

TEST(Outbox, EachStepKeepsWhatHeldWhenItWasMade) {
    Outbox box;
    Step step;
    step.lanes.emplace_back();
    WatchState seen;
    seen.file = "b.driftlog";
    Standing recording{{"a.mkv", 3}, {}, 0}, watching{{}, seen, 1};
    box.put(step, recording);
    box.put(step, watching);
    box.put(Standing{});
    Delivery all = box.take();
    ASSERT_EQ(all.steps.size(), 2u);
    EXPECT_EQ(*all.steps[0].standing, recording);
    EXPECT_EQ(*all.steps[1].standing, watching);
    ASSERT_TRUE(all.standing);
    EXPECT_EQ(*all.standing, Standing{});
    EXPECT_FALSE(box.take().standing) << "nothing has changed since";
}

TEST(Outbox, AWorldComesWithNothingOfTheOneBefore) {
    Outbox box;
    Step step;
    step.lanes.emplace_back();
    box.put(step, {{}, WatchState(), 1});
    box.fail("out of memory");
    box.put(OpenedWorld{});
    Delivery all = box.take();
    EXPECT_TRUE(all.world);
    EXPECT_TRUE(all.steps.empty());
    EXPECT_FALSE(all.failure);
    EXPECT_EQ(all.warnings, std::vector<std::string>{"out of memory"});
    ASSERT_TRUE(all.standing);
    EXPECT_FALSE(all.standing->watch);
    EXPECT_FALSE(all.opening);
}

TEST(Pacer, KeepsTheBeatAndForgivesAStall) {
    Pacer pacer;
    Pacer::Clock::time_point zero{};
    pacer.set_rate(10);
    pacer.restart(zero);
    EXPECT_EQ(pacer.due(), zero + 100ms);
    pacer.step(zero + 130ms);  // a little late: the next one is on the beat
    EXPECT_EQ(pacer.due(), zero + 200ms);
    pacer.step(zero + 60s);  // the computer slept: no burst
    EXPECT_EQ(pacer.due(), zero + 60s + 100ms);
    pacer.set_rate(0);
    EXPECT_EQ(pacer.due(), zero + 60s);
}

TEST(KeyScript, SaysWhichLineIsWrong) {
    auto sentence = [](const char* text) -> std::string {
        try {
            KeyScript script = KeyScript::parse(text, "keys.txt");
            script.bind(make_game("bricks")->info().actions);
        } catch (const Error& error) {
            return error.what();
        }
        return "";
    };
    EXPECT_EQ(sentence("# nothing\n\n 4 tap left\r\n5 press A"), "");
    EXPECT_NE(sentence("1 tap Left\n2 push Left").find("line 2"), std::string::npos);
    EXPECT_NE(sentence("-1 tap Left").find("line 1"), std::string::npos);
    EXPECT_NE(sentence("1 tap").find("line 1"), std::string::npos);
    EXPECT_NE(sentence("7 tap Hyperspace").find("Left, A, Right, D"), std::string::npos);
}

}  // namespace
}  // namespace drift
