// Keys and mouse of CSGO against the reference's own table, through the latch as a player's would go.
#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/csgo_action.h"
#include "core/held_buttons.h"
#include "session/key_latch.h"
#include "session/key_script.h"

namespace drift {
namespace {

// The key as the reference's table names it -> the button.
int button(const ActionSpace& actions, std::string key) {
    if (key == "left ctrl") key = "Left Ctrl";
    if (key == "left shift") key = "Left Shift";
    return find_button(actions, key);
}

TEST(CsgoActions, EveryCaseOfTheReferenceGivesItsOnes) {
    std::ifstream file("tests/golden/csgo-narrow/actions.json");
    const auto table = nlohmann::json::parse(file);
    const ActionSpace actions = csgo_actions();
    int cases = 0;
    for (const auto& c : table.at("cases")) {
        KeyLatch latch;
        latch.begin(actions);
        for (const std::string key : c.at("keys"))
            if (int pressed = button(actions, key); pressed >= 0) latch.press(pressed);
        if (c.at("left_click")) latch.press(find_button(actions, "Mouse Left"));
        if (c.at("right_click")) latch.press(find_button(actions, "Mouse Right"));
        latch.move(c.at("mouse")[0], c.at("mouse")[1]);
        const ActionCode code = actions.index(latch.take());
        ASSERT_TRUE(actions.valid(code));
        std::vector<float> ones(csgo_vector_size), expected(csgo_vector_size);
        actions.ones(code, ones);
        for (int one : c.at("ones")) expected[static_cast<std::size_t>(one)] = 1;
        EXPECT_EQ(ones, expected) << c.dump();
        EXPECT_EQ(actions.code_of(ones), code);
        ++cases;
    }
    EXPECT_GE(cases, 20);
}

TEST(CsgoActions, VectorsThatAreNoneAreRefused) {
    const ActionSpace& actions = csgo_actions();
    std::vector<float> ones(csgo_vector_size);
    EXPECT_TRUE(actions.code_of(ones));
    ones[14] = ones[15] = 1;  // two classes of x
    EXPECT_FALSE(actions.code_of(ones));
    ones[15] = 0.5f;
    EXPECT_FALSE(actions.code_of(ones));
    EXPECT_FALSE(actions.code_of({ones.data(), 50}));
    EXPECT_FALSE(actions.valid(-1));
    EXPECT_FALSE(actions.valid(1 << 22));
    EXPECT_FALSE(actions.valid(31 << 13));
}

TEST(CsgoActions, OfTwoThatExcludeEachOtherTheEarlierCountsAndTheLaterTakesOver) {
    const ActionSpace actions = csgo_actions();
    KeyLatch latch;
    latch.begin(actions);
    latch.press(1), latch.press(3);
    EXPECT_EQ(latch.take().held, 1u << 1);
    latch.release(1);
    EXPECT_EQ(latch.take().held, 1u << 3);
    latch.press(1);
    EXPECT_EQ(latch.take().held, 1u << 3) << "it is the later one now";
}

TEST(CsgoActions, MotionAddsUpWithinAStepAndIsGoneAfterIt) {
    KeyLatch latch;
    latch.begin(csgo_actions());
    latch.move(3.4, -1), latch.move(3.4, -1), latch.move(1e9, 0), latch.move(-1e9, 0);
    EXPECT_EQ(latch.take(), (Action{0, 7, -2}));
    EXPECT_EQ(latch.take(), Action{});
}

TEST(ManyActions, KeysBeyondTheBitsAreHeldAndCancelEachOther) {
    ActionSpace actions;
    for (int i = 0; i < 50; ++i) actions.entries.push_back({"action " + std::to_string(i), {}});
    KeyLatch latch;
    latch.begin(actions);
    auto script =
        KeyScript::parse("1 tap action 40\n2 press action 31\n3 press action 49\n4 release action 31\n", "script");
    script.bind(actions);
    std::vector<ActionCode> taken;
    for (std::uint64_t step = 1; step <= 5; ++step) {
        script.apply(step, latch);
        taken.push_back(actions.index(latch.take()));
    }
    EXPECT_EQ(taken, (std::vector<ActionCode>{40, 31, 0, 49, 49}));
    latch.press(KeyLatch::buttons), latch.press(-1);
    EXPECT_EQ(actions.index(latch.take()), 49);
}

TEST(Buttons, ThirtyTwoAndAMouseAreOneNumber) {
    std::vector<ActionSpace::Entry> buttons;
    for (int i = 0; i < 32; ++i) buttons.push_back({"button " + std::to_string(i), {"F" + std::to_string(i)}});
    const std::vector<double> x{-9, -2.5, 0, 2.5, 9}, y{-1, 0, 1};
    const ActionSpace actions = actions_of_buttons(buttons, x, y);
    EXPECT_EQ(actions.told(), "32 buttons and a mouse of 5 by 3 classes");
    EXPECT_EQ(actions.inputs(), 32u + 5 + 3);
    ASSERT_EQ(actions.entries.size(), 1u + 32 + 4) << "the arrows are free, so they turn";
    for (std::uint64_t held : {std::uint64_t{0}, std::uint64_t{0xffffffff}, std::uint64_t{0x80000001}})
        for (double across : x)
            for (double down : y) {
                const ActionCode code = actions.code(held, across, down);
                ASSERT_TRUE(actions.valid(code));
                EXPECT_EQ(actions.index(actions.action(code)), code) << "what was recorded can be played";
                std::vector<float> ones(actions.inputs());
                actions.ones(code, ones);
                EXPECT_EQ(std::count(ones.begin(), ones.end(), 1.0f), std::popcount(held) + 2);
                EXPECT_EQ(actions.code_of(ones), code);
            }
    EXPECT_FALSE(actions.valid(std::int64_t{1} << 37));
    KeyLatch latch;
    latch.begin(actions);
    latch.press(32), latch.press(1), latch.press(33), latch.press(34);
    EXPECT_EQ(actions.index(latch.take()), actions.code(0x80000001, -2.5, 0)) << "left and right exclude each other";
}

TEST(Buttons, ArrowsThatAreButtonsDoNotTurn) {
    const ActionSpace actions = actions_of_buttons({{"left", {"Left"}}}, {-1, 0, 1}, {-1, 0, 1});
    EXPECT_EQ(actions.entries.size(), 2u);
    EXPECT_EQ(actions.name_of(actions.code(1, 1, 0)), "left mouse 1 0");
    EXPECT_EQ(actions.name_of(actions.noop()), "noop");
    EXPECT_EQ(actions_of_buttons({}, {}, {}).inputs(), 0u);
}

TEST(Buttons, ClassesThatWholeNumbersCannotTellApart) {
    EXPECT_TRUE(tells_whole({-10, -5.8, -3.2, -1.6, -0.6, 0, 0.6, 1.6, 3.2, 5.8, 10}));
    EXPECT_FALSE(tells_whole({0, 0.3}));
    EXPECT_FALSE(tells_whole({0, 1e6}));
}

TEST(CsgoActions, AScriptMovesTheMouse) {
    const ActionSpace actions = csgo_actions();
    auto script = KeyScript::parse("1 press W\n2 mouse 30 -5\n2 tap Mouse Left\n", "script");
    script.bind(actions);
    KeyLatch latch;
    latch.begin(actions);
    script.apply(1, latch);
    EXPECT_EQ(latch.take(), (Action{2, 0, 0}));
    script.apply(2, latch);
    EXPECT_EQ(latch.take(), (Action{2u | 1u << 12, 30, -5}));
    for (const char* wrong : {"1 mouse 3\n", "1 mouse a b\n", "1 mouse 3 4 5\n"})
        EXPECT_ANY_THROW(KeyScript::parse(wrong, "script")) << wrong;
}

}  // namespace
}  // namespace drift
