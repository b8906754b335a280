// Programs beside the player: what they say as a terminal would show it, how they end, and what the page "Learn a game" makes of it.
#include "player/child.h"

#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "core/error.h"
#include "player/learning.h"
#include "scratch_folder.h"

namespace drift {
namespace {

void wait_for(Child& child, const std::function<bool()>& until) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (!until() && std::chrono::steady_clock::now() < end) {
        child.listen();
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    ASSERT_TRUE(until());
}
std::vector<std::string> shell(const std::string& script) { return {"/bin/sh", "-c", script}; }

TEST(Child, ItsLinesAreThoseThatATerminalShows) {
    Child child(
        shell("test -t 2 && echo terminal; printf 'one\\r\\033[Ktwo' >&2; printf '\\r\\033[Kthree\\n'; exit 3"));
    wait_for(child, [&] { return !child.runs(); });
    EXPECT_EQ(child.code(), 3);
    EXPECT_EQ(child.lines(), (std::vector<std::string>{"terminal", "three"}));
    EXPECT_EQ(child.line(), "three");
}

TEST(Child, ALineThatIsBeingWrittenIsShown) {
    Child child(shell("printf '10 %%'; read never"));
    wait_for(child, [&] { return child.line() == "10 %"; });
    EXPECT_TRUE(child.runs());
    child.interrupt();
    wait_for(child, [&] { return !child.runs(); });
    EXPECT_EQ(child.code(), 128 + 2);
}

TEST(Child, OneThatIsMissingIsSaid) {
    Child child({"/no/such/program"});
    wait_for(child, [&] { return !child.runs(); });
    EXPECT_EQ(child.line(), "The program is missing or cannot be started");
}

TEST(Child, HasNoFileOfOurs) {
    Child child(shell("ls /proc/self/fd | wc -l"));  // 0, 1, 2 and the folder itself
    wait_for(child, [&] { return !child.runs(); });
    EXPECT_EQ(child.line(), "4");
}

TEST(Child, EndsWithThePlayer) {
    ScratchFolder scratch;
    const std::string file = (scratch / "ended").string();
    {
        Child child(shell("trap 'echo > " + file + "; exit' INT; echo ready; while :; do sleep 0.01; done"));
        wait_for(child, [&] { return child.line() == "ready"; });
    }
    EXPECT_TRUE(std::filesystem::exists(file));
}

TEST(Learning, WindowsAreReadFromTheirList) {
    const auto windows = windows_of({"0x01a00003    640x480  Two  words", "nothing", "0x00000002  1280x1024  "});
    ASSERT_EQ(windows.size(), 2u);
    EXPECT_EQ(windows[0], (LearnPage::Window{"0x01a00003", "640x480", "Two  words"}));
    EXPECT_EQ(windows[1].title, "");
}

TEST(Learning, KeysAreTypedAsPeopleType) {
    EXPECT_EQ(keys_argument(" Left,  Right ,jump = Space, Mouse Left,, = ,"), "Left,Right,jump=Space,Mouse Left,=");
    EXPECT_EQ(keys_argument(""), "");
}

TEST(Learning, PressedKeysJoinTheListOnce) {
    EXPECT_EQ(with_key("", "Left"), "Left");
    EXPECT_EQ(with_key("Left", "Left Shift"), "Left, Left Shift");
    EXPECT_EQ(with_key("Left, jump=Space", "Space"), "Left, jump=Space");
    EXPECT_EQ(with_key("Left, jump=Space", "jump"), "Left, jump=Space, jump");
    EXPECT_EQ(with_key("Left", ","), "Left");
    EXPECT_EQ(with_key("=", "="), "=");
}

TEST(Learning, PicturesHaveTheShapeOfTheWindow) {
    LearnPage page;
    EXPECT_EQ(picture_size(page, 64), "64x64");
    page.windows = {{"1", "640x480", "wide"},
                    {"2", "480x640", "tall"},
                    {"3", "1920x1080", ""},
                    {"4", "3000x10", ""},
                    {"5", "?", ""}};
    const std::vector<std::string> expected{"64x48", "48x64", "64x40", "64x16", "64x64"};
    for (std::size_t i = 0; i < expected.size(); ++i) {
        page.window = page.windows[i].number;
        EXPECT_EQ(picture_size(page, 64), expected[i]);
    }
    page.window = "1";
    EXPECT_EQ(picture_size(page, 96), "96x72");
}

TEST(Learning, ABarIsReadFromItsLine) {
    const auto bar = progress_in("[===-----]  25 % step 12 k 2 loss 0.4/0.3 left 0:10");
    ASSERT_TRUE(bar);
    EXPECT_DOUBLE_EQ(bar->part, 0.25);
    EXPECT_EQ(bar->words, "step 12 k 2 loss 0.4/0.3 left 0:10");
    for (const char* other : {"", "world written: my % world", "[a] b", "50 % of ]", "[50 % of ]"})
        EXPECT_FALSE(progress_in(other)) << other;
}

TEST(Learning, ANameIsAFoldersAndNothingElse) {
    EXPECT_EQ(why_no_name("my game"), "");
    for (const char* wrong : {"", "  ", "a/b", "..", ".hidden", "a\nb"}) EXPECT_NE(why_no_name(wrong), "") << wrong;
    LearnPage page;
    page.name = "../../etc";
    EXPECT_EQ(Learning::play_folder(page), std::filesystem::path());
    EXPECT_EQ(Learning::world_folder(page), std::filesystem::path());
}

}  // namespace
}  // namespace drift
