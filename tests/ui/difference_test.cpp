// The pictures of a difference, pixel by pixel: what the shader draws against the same sums made here. Needs a display (difference_test.sh
// gives it one), so it is skipped unless DRIFT_UI_INSIDE says that there is one for it.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "player/gl/difference_view.h"
#include "player/gl/picture.h"
#include "player/gl/window.h"

namespace drift {
namespace {

using Mode = DifferenceView::Mode;

TEST(Difference, ModesGoRoundAndSayWhatIsShown) {
    DifferenceView view;
    for (const DifferenceMode& mode : difference_modes()) {
        EXPECT_EQ(view.mode, mode.mode);
        EXPECT_EQ(&difference_mode(view), &mode);
        view.mode = next_mode(view.mode);
    }
    EXPECT_EQ(view.mode, Mode::off);
    view.mode = Mode::amplified;
    EXPECT_EQ(difference_caption(view, "Dream", "Truth"), "Dream \u2212 Truth, \u00d78");
    view.mode = Mode::absolute;
    EXPECT_EQ(difference_caption(view, "Dream", "Truth"), "Dream \u2212 Truth");
}

TEST(Difference, TheHeatMapGrowsLighter) {
    const Ramp& heat = *ramp(Mode::heat);
    auto light = [](const auto& c) { return 0.2126f * c[0] + 0.7152f * c[1] + 0.0722f * c[2]; };
    for (std::size_t i = 1; i < heat.size(); ++i) EXPECT_GT(light(heat[i]), light(heat[i - 1]));
    EXPECT_EQ(light(heat[0]), 0);
    EXPECT_EQ(ramp(Mode::amplified), nullptr);
}

// What the shader should draw for one pixel.
std::array<double, 3> expected(const DifferenceView& view, const std::uint8_t* a, const std::uint8_t* b) {
    constexpr double luma[] = {0.2126, 0.7152, 0.0722};
    double gain = static_cast<double>(gain_of(view)), brightness = 0;
    std::array<double, 3> rgb{};
    for (int c = 0; c < 3; ++c) {
        double d = (a[c] - b[c]) / 255.0;
        brightness += luma[c] * (view.mode == Mode::heat ? std::abs(d) : d);
        rgb[static_cast<std::size_t>(c)] = std::min(1.0, std::abs(d) * gain) * 255;
    }
    if (const Ramp* colours = ramp(view.mode)) {
        double at =
            8 * std::clamp(view.mode == Mode::heat ? brightness * gain : 0.5 + 0.5 * brightness * gain, 0.0, 1.0);
        auto below = static_cast<std::size_t>(std::min(at, 7.0));
        for (std::size_t c = 0; c < 3; ++c)
            rgb[c] = 255 * std::lerp(static_cast<double>((*colours)[below][c]),
                                     static_cast<double>((*colours)[below + 1][c]), at - static_cast<double>(below));
    }
    return rgb;
}

TEST(Pixels, AreThoseOfTheDifference) {
    if (!std::getenv("DRIFT_UI_INSIDE")) GTEST_SKIP() << "no display of its own";
    Window window("difference", 200, 160);
    Presenter presenter;
    Frame a(16, 16), b(16, 16);
    for (std::size_t i = 0; i < a.rgb.size(); ++i) {
        a.rgb[i] = static_cast<std::uint8_t>(i * 37 + i / 5);
        // Small differences of either sign, some large ones, and rows of none.
        b.rgb[i] = i / 48 % 4 == 3
                       ? a.rgb[i]
                       : static_cast<std::uint8_t>(
                             i % 7 == 0 ? i * 11 : std::clamp<int>(a.rgb[i] + static_cast<int>(i % 41) - 20, 0, 255));
    }
    FrameTexture left, right, other;
    left.upload(a);
    right.upload(b);
    other.upload(Frame(8, 8));
    Box box{24, 16, 16 * 7, 16 * 7};
    auto picture = [&](const DifferenceView& view, const FrameTexture& second) {
        window.begin();
        presenter.draw_difference(left, second, view, box, box, window.pixel_height());
        window.end();
        return window.read();
    };
    for (Mode mode : {Mode::absolute, Mode::amplified, Mode::heat, Mode::both_signs})
        for (float gain : {1.0f, 8.0f, 30.0f}) {
            DifferenceView view{mode, gain};
            Frame seen = picture(view, right), none = picture(view, left);
            for (int y = 0; y < 16; ++y)
                for (int x = 0; x < 16; ++x) {
                    int px = 24 + x * 7 + 3, py = 16 + y * 7 + 3;
                    std::array<double, 3> want = expected(view, a.at(x, y), b.at(x, y)),
                                          zero = expected(view, a.at(x, y), a.at(x, y));
                    for (int c = 0; c < 3; ++c) {
                        auto i = static_cast<std::size_t>(c);
                        ASSERT_NEAR(seen.at(px, py)[c], want[i], mode == Mode::absolute ? 0.01 : 0.75)
                            << difference_mode(view).name << gain << " at " << x << ", " << y;
                        ASSERT_NEAR(none.at(px, py)[c], zero[i], 0.75);
                        if (mode != Mode::both_signs) {
                            ASSERT_EQ(none.at(px, py)[c], 0) << "equal frames are black";
                        }
                    }
                }
        }
    // Off, or where sizes differ, it is the picture itself; and plain pictures draw as ever afterwards.
    for (const Frame& seen : {picture({Mode::off, 8}, right), picture({Mode::heat, 8}, other)})
        for (int c = 0; c < 3; ++c) EXPECT_EQ(seen.at(24 + 3, 16 + 3)[c], a.at(0, 0)[c]);
}

}  // namespace
}  // namespace drift
