// The small values: actions, frames, a dream's history, and text that is fit to be shown.
#include <gtest/gtest.h>

#include <cmath>

#include "core/action.h"
#include "core/error.h"
#include "core/frame.h"
#include "core/world_model.h"

namespace drift {
namespace {

ActionSpace three() { return {{{"noop", {}}, {"left", {"Left", "A"}}, {"right", {"Right", "D"}}}}; }

TEST(ActionSpace, OneButtonIsAnActionAndAllElseIsNone) {
    ActionSpace space = three();
    EXPECT_EQ(space.size(), 3);
    EXPECT_EQ(space.index({}), 0);
    EXPECT_EQ(space.index({1u << 1}), 1);
    EXPECT_EQ(space.index({1u << 2}), 2);
    EXPECT_EQ(space.index({1u << 1 | 1u << 2}), 0) << "left and right cancel";
    EXPECT_EQ(space.index({1u << 3}), 0) << "a button that this world does not have";
    EXPECT_EQ(space.index({1u << 31}), 0);
    EXPECT_EQ(space.index({~0u}), 0);
    EXPECT_EQ(ActionSpace{}.index({1}), 0);
}

TEST(ActionSpace, ActionsBeyondTheBitsGoByTheirNumber) {
    ActionSpace space;
    for (int i = 0; i < 70; ++i) space.entries.push_back({"a" + std::to_string(i), {}});
    for (int i = 0; i < 70; ++i) {
        const Action action = Action::of(i);
        EXPECT_EQ(space.index(action), i);
        for (int other = 1; other < 70; ++other) EXPECT_EQ(action.holds(other), other == i) << i << " " << other;
    }
    EXPECT_EQ(space.index(Action::of(70)), 0) << "an action that this world does not have";
    EXPECT_EQ(Action::of(-1), Action{});
    EXPECT_EQ(Action::of(1 << 20), Action{});
    EXPECT_EQ(three().index(Action::of(40)), 0);
    EXPECT_EQ(space.index({0, 40, 5}), 0) << "motion of a mouse is no number";
}

TEST(ActionSpace, FindsByName) {
    ActionSpace space = three();
    EXPECT_EQ(space.find("noop"), 0);
    EXPECT_EQ(space.find("right"), 2);
    EXPECT_EQ(space.find("Right"), -1);
    EXPECT_EQ(space.find(""), -1);
}

TEST(Printable, LeavesTextAlone) {
    for (const char* text : {"", "plain", "a b/c.txt",
                             "Gr\xc3\xbc\xc3\x9f"
                             "e",
                             "\xe2\x82\xac", "\xf0\x9f\x8e\xae", "\xc2\xa0"})
        EXPECT_EQ(printable(text), text);
}

TEST(Printable, ShowsControlCharactersAndBrokenBytes) {
    using namespace std::string_view_literals;
    EXPECT_EQ(printable("a\nb\tc\x7f"), "a\\x0ab\\x09c\\x7f");
    EXPECT_EQ(printable("\0\x1b[31m"sv), "\\x00\\x1b[31m");
    EXPECT_EQ(printable("\xff\xfe"), "\\xff\\xfe");
    EXPECT_EQ(printable("\xc3"), "\\xc3") << "cut off";
    EXPECT_EQ(printable("\xe2\x82"), "\\xe2\\x82");
    EXPECT_EQ(printable("\xc0\xaf"), "\\xc0\\xaf") << "overlong";
    EXPECT_EQ(printable("\xe0\x80\xaf"), "\\xe0\\x80\\xaf");
    EXPECT_EQ(printable("\xed\xa0\x80"), "\\xed\\xa0\\x80") << "a surrogate";
    EXPECT_EQ(printable("\xf4\x90\x80\x80"), "\\xf4\\x90\\x80\\x80") << "beyond Unicode";
    EXPECT_EQ(printable("\xc2\x9b"
                        "31m"),
              "\\xc2\\x9b"
              "31m")
        << "a control character of the second set: terminals obey it as an escape";
}

TEST(Error, SaysTheFileAsItCanBeShown) {
    Error error(std::filesystem::path("/a\n\xff/b c"), "expected x, found y");
    EXPECT_STREQ(error.what(), "/a\\x0a\\xff/b c: expected x, found y");
}

Frame filled(int width, int height, std::uint8_t value) {
    Frame frame(width, height);
    for (auto& byte : frame.rgb) byte = value;
    return frame;
}

TEST(Psnr, FollowsItsFormula) {
    Frame a = filled(8, 4, 100);
    EXPECT_EQ(psnr(a, a), psnr_ceiling);
    EXPECT_NEAR(psnr(a, filled(8, 4, 110)), 10 * std::log10(255.0 * 255.0 / 100), 1e-9);
    EXPECT_EQ(psnr(a, filled(8, 4, 90)), psnr(a, filled(8, 4, 110)));
    EXPECT_EQ(psnr(filled(2, 2, 0), filled(2, 2, 255)), 0);
    Frame b = a;
    b.rgb[5] = 103;  // one byte of 96 by 3
    EXPECT_NEAR(psnr(a, b), 10 * std::log10(255.0 * 255.0 * 96 / 9), 1e-9);
    Frame large = filled(512, 512, 7), other = large;
    other.rgb[0] = 8;
    EXPECT_EQ(psnr(large, other), psnr_ceiling) << "nothing is above equal frames";
}

TEST(Frame, PicturesSideBySideAndEnlarged) {
    Frame strip = side_by_side({filled(2, 3, 10), filled(1, 1, 20)}, 2);
    ASSERT_EQ(strip.width, 5);
    ASSERT_EQ(strip.height, 3);
    EXPECT_EQ(*strip.at(1, 2), 10);
    EXPECT_EQ(*strip.at(2, 0), 40) << "the gap";
    EXPECT_EQ(*strip.at(4, 0), 20);
    EXPECT_EQ(*strip.at(4, 1), 40) << "below the shorter one";
    EXPECT_TRUE(side_by_side({}, 3).empty());
    Frame small(2, 1);
    small.rgb = {1, 2, 3, 4, 5, 6};
    Frame large = enlarged(small, 3);
    ASSERT_EQ(large.width, 6);
    ASSERT_EQ(large.height, 3);
    for (int y = 0; y < 3; ++y)
        for (int x = 0; x < 6; ++x) EXPECT_EQ(large.at(x, y)[2], x < 3 ? 3 : 6);
}

TEST(History, RollsFramesAndActionsTogether) {
    History history{{filled(1, 1, 1), filled(1, 1, 2), filled(1, 1, 3)}, {7, 8}};
    history.roll(9, filled(1, 1, 4));
    EXPECT_EQ(history, (History{{filled(1, 1, 2), filled(1, 1, 3), filled(1, 1, 4)}, {8, 9}}));
    History single{{filled(1, 1, 1)}, {}};
    single.roll(5, filled(1, 1, 2));
    EXPECT_EQ(single, (History{{filled(1, 1, 2)}, {}}));
}

}  // namespace
}  // namespace drift
