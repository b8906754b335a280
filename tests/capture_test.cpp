// Capturing a game: what was held during each frame, and the data set that comes of it.
#include "capture/capture.h"

#include <functional>

#include "capture/key_lag.h"
#include "capture/key_names.h"
#include "import_room.h"

namespace drift {
namespace {

using What = InputEvent::What;
using View = CapturedWindow::View;

HeldInput with_focus(double lag = 0) {
    HeldInput input(lag);
    input.add({0, What::focus});
    return input;
}

TEST(HeldInput, ATapWithinAFrameIsInThatFrameAlone) {
    HeldInput input = with_focus();
    input.add({1.02, What::press, 3});
    input.add({1.03, What::release, 3});
    EXPECT_EQ(input.until(1.0).held, 0u);
    EXPECT_EQ(input.until(1.1).held, 8u);
    EXPECT_EQ(input.until(1.2).held, 0u);
}

TEST(HeldInput, AFrameHasWhatWasDownAtAnyMomentOfIt) {
    HeldInput input = with_focus();
    input.add({1.05, What::press, 0});
    input.add({1.25, What::press, 1});
    input.add({1.30, What::release, 0});  // on the edge: of the frame that begins then
    EXPECT_EQ(input.until(1.1).held, 1u);
    EXPECT_EQ(input.until(1.2).held, 1u);
    EXPECT_EQ(input.until(1.3).held, 3u);
    EXPECT_EQ(input.until(1.4).held, 3u);
    EXPECT_EQ(input.until(1.5).held, 2u);
}

TEST(HeldInput, MotionsOfAFrameAreSummed) {
    HeldInput input = with_focus();
    for (double time : {1.01, 1.02, 1.11}) input.add({time, What::motion, 0, 3, -1.5});
    EXPECT_EQ(input.until(1.1), (HeldStep{0, 6, -3}));
    EXPECT_EQ(input.until(1.2), (HeldStep{0, 3, -1.5}));
    EXPECT_EQ(input.until(1.3), HeldStep{});
}

TEST(HeldInput, WhatOtherWindowsAreTypedIsDroppedAndWhatIsHeldThenIsReleased) {
    HeldInput input;
    input.add({0.5, What::press, 0});
    EXPECT_EQ(input.until(1).held, 0u);
    input.add({1, What::focus});
    input.add({1.1, What::press, 1});
    input.add({2.1, What::focus_lost});
    input.add({2.2, What::press, 2});
    input.add({2.2, What::motion, 0, 9, 9});
    input.add({2.3, What::pause_key});
    EXPECT_EQ(input.until(2), (HeldStep{2, 0, 0}));
    EXPECT_EQ(input.until(3), (HeldStep{2, 0, 0}));
    EXPECT_FALSE(input.has_focus());
    EXPECT_FALSE(input.paused());
    EXPECT_EQ(input.until(4), HeldStep{});
    input.add({4.1, What::focus});
    input.add({4.2, What::release, 2});
    EXPECT_EQ(input.until(5), HeldStep{});
}

TEST(HeldInput, TheLagShiftsKeysToThePictureThatShowsThem) {
    HeldInput input = with_focus(0.15);
    input.add({1.0, What::press, 0});
    input.add({1.04, What::release, 0});
    EXPECT_EQ(input.until(1.1).held, 0u);
    EXPECT_EQ(input.until(1.2).held, 1u);
    EXPECT_EQ(input.until(1.3).held, 0u);
}

std::string refusal(const std::vector<std::string>& keys) {
    try {
        buttons_of_keys(keys, false);
        return "";
    } catch (const Error& error) {
        return error.what();
    }
}

TEST(CapturedKeys, AreNamedAsSdlSpellsThem) {
    const Buttons all = buttons_of_keys({"Left", "jump=space", "jump=W", "=", "mouse left"}, true);
    ASSERT_EQ(all.buttons.size(), 4u);
    EXPECT_EQ(all.buttons[0], (ActionSpace::Entry{"Left", {"Left"}}));
    EXPECT_EQ(all.buttons[1], (ActionSpace::Entry{"jump", {"Space", "W"}}));
    EXPECT_EQ(all.buttons[2], (ActionSpace::Entry{"=", {"="}}));
    EXPECT_EQ(all.buttons[3], (ActionSpace::Entry{"Mouse Left", {"Mouse Left"}}));
    EXPECT_TRUE(all.mouse());
    EXPECT_EQ(find_key("keypad 7").x11, "KP_7");
    EXPECT_NE(refusal({"Lefft"}).find("did you mean \"Left\""), std::string::npos) << refusal({"Lefft"});
    EXPECT_NE(refusal({"Left", "go=left"}).find("Left twice"), std::string::npos);
    EXPECT_NE(refusal({"frame=Left"}).find("column"), std::string::npos);
    EXPECT_NE(refusal({""}), "");
}

TEST(CapturedKeys, MayBeLettersThatAmericanKeyboardsLack) {
    EXPECT_EQ(find_key("\u00f6").x11, "U00F6");
    EXPECT_EQ(find_key("\u00c9").x11, "U00C9");
    for (const char* other : {"\u00bf", "\u0444", "\u00f6\u00f6", "\xc3"}) EXPECT_NE(refusal({other}), "") << other;
}

TEST(CapturedKeys, AreKeptByTheirPlaces) {
    EXPECT_EQ(place_name(10), "1");
    EXPECT_EQ(place_name(21), "=");
    EXPECT_EQ(place_name(29), "Y");
    EXPECT_EQ(place_name(47), ";");
    EXPECT_EQ(place_name(52), "Z");
    EXPECT_EQ(place_name(61), "/");
    for (int other : {0, 9, 22, 36, 50, 62, 65, 113}) EXPECT_EQ(place_name(other), "") << other;
}

TEST(LagMeter, MeasuresWhereThePictureStoodStill) {
    LagMeter meter;
    meter.picture(0, false);
    meter.press(1.0);
    meter.picture(1.02, false);
    meter.picture(1.03, true);
    meter.press(1.1);  // too soon: the change of before may go on
    meter.picture(1.15, true);
    meter.press(2.0);  // nothing comes of it
    meter.picture(3.5, true);
    ASSERT_EQ(meter.lags().size(), 1u);
    EXPECT_NEAR(meter.lags()[0], 0.03, 1e-9);
    EXPECT_EQ(meter.presses(), 3u);
}

// A window whose clock goes only as it is waited for, and that shows in each picture how often it was asked.
class ScriptedWindow : public CapturedWindow {
public:
    std::vector<InputEvent> script;
    std::function<View(double)> looks = [](double) { return View::seen; };
    std::function<double(double)> slow = [](double) { return 0.0; };  // seconds that the waiting takes too long
    int pictures = 0;

    double now() override { return time_; }
    void wait_until(double time) override { time_ = std::max(time_, time) + slow(time); }
    std::vector<InputEvent> take_events() override {
        std::vector<InputEvent> happened;
        for (; next_ < script.size() && script[next_].time <= time_; ++next_) happened.push_back(script[next_]);
        return happened;
    }
    View view() override { return looks(time_); }
    std::optional<Picture> picture() override {
        Frame frame(16, 16);
        std::fill(frame.rgb.begin(), frame.rgb.end(), static_cast<std::uint8_t>(pictures++));
        return Picture{std::move(frame), time_};
    }

private:
    double time_ = 100;
    std::size_t next_ = 0;
};

struct Captured : Imports {
    ScriptedWindow window;
    CaptureRequest request;
    CaptureCounts counts;

    std::vector<Episode> capture_frames(std::size_t frames) {
        request.out = out, request.title = "a game", request.size = {16, 16}, request.rate = 10;
        request.buttons = buttons_of_keys({"Left", "Space"}, true), request.frames = frames;
        counts = capture(window, request, [&](const CaptureProgress& now) { return now.seconds < 1000; });
        EXPECT_TRUE(reading().problems.none());
        return episodes();
    }
};

TEST_F(Captured, FramesAndWhatWasHeldFromEachToTheNext) {
    window.script = {{100, What::focus},
                     {100.25, What::press, 0},
                     {100.26, What::motion, 0, 5, -2},
                     {100.31, What::release, 0},
                     {100.55, What::press, 1}};
    const auto all = capture_frames(8);
    ASSERT_EQ(all.size(), 1u);
    const Episode& one = all.front();
    EXPECT_EQ(one.columns, (std::vector<std::string>{"frame", "left", "space", "mouse_x", "mouse_y"}));
    ASSERT_EQ(one.frames.size(), 8u);
    ASSERT_EQ(one.rows.size(), 7u);
    for (std::size_t i = 0; i < 7; ++i) {
        EXPECT_EQ(one.at(i, "left"), i == 2 || i == 3 ? "1" : "0") << i;
        EXPECT_EQ(one.at(i, "space"), i >= 5 ? "1" : "0") << i;
        EXPECT_EQ(one.number(i, "mouse_x"), i == 2 ? 5 : 0) << i;
        EXPECT_EQ(one.number(i, "mouse_y"), i == 2 ? -2 : 0) << i;
        EXPECT_EQ(one.frames[i].rgb[0], i);
    }
    EXPECT_EQ(counts.late + counts.breaks, 0u);
    EXPECT_EQ(counts.bytes, 8u * 16 * 16 * 3);
}

TEST_F(Captured, ThePauseKeyBeginsANewEpisode) {
    window.script = {{100, What::focus}, {100.45, What::pause_key}, {101.45, What::pause_key}};
    const auto all = capture_frames(12);
    ASSERT_EQ(all.size(), 2u);
    EXPECT_EQ(all[0].name, "capture-000");
    EXPECT_EQ(all[0].frames.size(), 5u);
    EXPECT_EQ(all[1].frames.size(), 7u);
}

TEST_F(Captured, NothingIsTakenOfAWindowThatIsCoveredAndAllIsWholeWhenItCloses) {
    window.looks = [](double time) {
        return time > 102.05 ? View::closed : time > 100.55 && time < 101.05 ? View::hidden : View::seen;
    };
    const auto all = capture_frames(1000);
    EXPECT_TRUE(counts.closed);
    ASSERT_EQ(all.size(), 2u);
    EXPECT_EQ(all[0].frames.size(), 6u);
    EXPECT_NEAR(static_cast<double>(all[1].frames.size()), 8,
                1);  // a window that shows again is given a moment to be drawn
    EXPECT_EQ(counts.frames, 6 + all[1].frames.size());
    EXPECT_EQ(window.pictures, static_cast<int>(counts.frames));
}

TEST_F(Captured, AFrameThatIsLateIsCountedAndOneThatIsMissingEndsTheEpisode) {
    window.slow = [](double due) {
        return due > 100.35 && due < 100.45 ? 0.05 : due > 100.75 && due < 100.85 ? 0.3 : 0;
    };
    const auto all = capture_frames(20);
    EXPECT_EQ(counts.late, 1u);
    EXPECT_EQ(counts.breaks, 1u);
    ASSERT_EQ(all.size(), 2u);
    EXPECT_EQ(all[0].frames.size(), 8u);
    EXPECT_EQ(all[1].frames.size(), 12u);
}

TEST_F(Captured, ADiskThatFillsUpEndsItWhole) {
    request.least_space = 0;
    window.slow = [&](double due) { return due > 100.75 ? (request.least_space = UINTMAX_MAX, 0.0) : 0.0; };
    const auto all = capture_frames(20);
    EXPECT_TRUE(counts.full);
    ASSERT_EQ(all.size(), 1u);
    EXPECT_EQ(all[0].frames.size(), 9u);
}

TEST_F(Captured, AnotherCaptureGoesOnInTheSameFolderAndLongOnesAreCut) {
    capture_frames(5);
    EXPECT_EQ(capture_frames(3005).size(), 3u);  // 5 minutes, and what is left
    EXPECT_EQ(size_in(out).width, 16);
    request.size = {32, 32};
    EXPECT_THROW(capture(window, request, [](const CaptureProgress&) { return false; }), Error);
}

}  // namespace
}  // namespace drift
