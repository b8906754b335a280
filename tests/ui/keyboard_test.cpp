// Keys by place: the world's stay where they are, the player's own go where their letters are.
#include <gtest/gtest.h>

#include "player/bindings.h"

namespace drift {
namespace {

const Keyboard french({{"Q", "A"},
                       {"A", "Q"},
                       {"W", "Z"},
                       {"Z", "W"},
                       {"M", ","},
                       {";", "M"},
                       {",", ";"},
                       {".", ":"},
                       {"/", "!"},
                       {"1", "&"},
                       {"2", "\u00c9"},
                       {"0", "\u00c0"},
                       {"-", ")"}});
const Keyboard german({{"Y", "Z"}, {"Z", "Y"}, {"-", "\u00df"}, {"=", "\u00b4"}, {"]", "+"}, {"/", "-"}});
const Keyboard russian({{"M", "\u042c"}, {"W", "\u0426"}, {"A", "\u0424"}, {"D", "\u0412"}, {"Z", "\u042f"}});
const ActionSpace walk{{{"noop", {}}, {"up", {"W"}}, {"left", {"A"}}}};

Act act(const std::string& place, bool ctrl, const ActionSpace& world, const Keyboard& keyboard) {
    const Binding* binding = find_binding({place, ctrl}, world, keyboard);
    return binding ? binding->act : Act::quit;
}

TEST(Keyboard, TheWorldsKeysArePlaces) {
    EXPECT_EQ(world_button(walk, "W"), 1);
    EXPECT_EQ(world_button(walk, "Z"), -1);
    EXPECT_EQ(french.shown("W"), "Z");  // what the help shows
    EXPECT_EQ(russian.shown("W"), "\u0426");
    EXPECT_EQ(Keyboard().shown("W"), "W");
}

TEST(Keyboard, CommandsAreCharactersWhereTheLayoutHasThem) {
    EXPECT_EQ(act(";", false, {}, french), Act::bookmark) << "M lies beside L there";
    EXPECT_EQ(act("Y", true, {}, german), Act::undo) << "Ctrl+Z is where Z is";
    EXPECT_EQ(act("Z", true, {}, german), Act::redo);
    EXPECT_EQ(act("W", true, {}, french), Act::undo);
    EXPECT_EQ(act("Z", true, {}, french), Act::record_window);
    EXPECT_EQ(act("M", false, {}, french), Act::step_back) << "the comma";
}

TEST(Keyboard, AndPlacesWhereItHasNot) {
    EXPECT_EQ(act("M", false, {}, russian), Act::bookmark);
    EXPECT_EQ(act("Z", true, {}, russian), Act::undo);
    EXPECT_EQ(act(".", false, {}, french), Act::step_once) << "a French full stop needs Shift";
    EXPECT_EQ(act("0", true, {}, french), Act::standard_size);
    EXPECT_EQ(digit_of("1", french), 1);
    EXPECT_EQ(digit_of("1", Keyboard()), 1);
    EXPECT_EQ(digit_of("Q", Keyboard()), 0);
}

TEST(Keyboard, CtrlAndPlusInEveryForm) {
    EXPECT_EQ(act("=", true, {}, Keyboard()), Act::larger);
    EXPECT_EQ(act("Keypad +", true, {}, Keyboard()), Act::larger);
    EXPECT_EQ(act("]", true, {}, german), Act::larger);
    EXPECT_EQ(act("-", true, {}, Keyboard()), Act::smaller);
    EXPECT_EQ(act("/", true, {}, german), Act::smaller);
    EXPECT_EQ(act("Keypad -", true, {}, german), Act::smaller);
}

TEST(Keyboard, TheWorldsPlacesComeFirst) {
    const ActionSpace fire{{{"noop", {}}, {"fire", {";"}}}};
    EXPECT_EQ(find_binding({";", false}, fire, french), nullptr) << "where M would be";
    for (const Binding& binding : bindings())
        if (binding.act == Act::bookmark) {
            EXPECT_TRUE(free_keys(binding, fire, french).empty());
            EXPECT_EQ(free_keys(binding, {}, russian), std::vector<std::string>{"\u042c"}) << "as it stands on the key";
        }
}

}  // namespace
}  // namespace drift
