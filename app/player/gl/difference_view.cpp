#include "player/gl/difference_view.h"

#include <cstdio>

namespace drift {
namespace {

using Mode = DifferenceView::Mode;

// After matplotlib's "inferno" at every eighth, but from black: lightness rises evenly, so twice as bright reads as more.
constexpr unsigned char heat[9][3] = {{0, 0, 0},     {31, 12, 72},   {85, 15, 109},  {136, 34, 106}, {187, 55, 84},
                                      {227, 89, 51}, {249, 140, 10}, {249, 201, 50}, {252, 255, 164}};
// Blue where the dream is darker, white where it is right, red where it is brighter.
constexpr unsigned char diverging[9][3] = {{23, 64, 140},   {55, 118, 184},  {122, 172, 213},
                                           {196, 219, 236}, {246, 246, 246}, {244, 207, 194},
                                           {227, 148, 128}, {205, 82, 76},   {155, 22, 40}};

Ramp scaled(const unsigned char (&bytes)[9][3]) {
    Ramp ramp{};
    for (std::size_t i = 0; i < 9; ++i)
        for (std::size_t c = 0; c < 3; ++c) ramp[i][c] = static_cast<float>(bytes[i][c]) / 255;
    return ramp;
}

}  // namespace

std::span<const DifferenceMode> difference_modes() {
    static constexpr std::array<DifferenceMode, 6> table = {{
        {Mode::off, "Off", "Off", "off", "The picture itself."},
        {Mode::absolute, "Absolute", "Abs", "absolute",
         "The absolute difference per colour, unscaled: small differences are nearly black."},
        {Mode::amplified, "Amplified", "Amp", "amplified", "The absolute difference per colour, times the gain."},
        {Mode::heat, "Heat", "Heat", "heat",
         "The absolute difference in brightness, times the gain: black, then purple, orange and light yellow."},
        {Mode::both_signs, "Signed", "+/\u2212", "signed",
         "Blue where the picture is darker, white where it matches, red where it is brighter, times the gain."},
        {Mode::uncertainty, "Unsure", "Std", "unsure",
         "How unsure the dream is: the standard deviation of this frame over eight noises, times the gain. Needs no "
         "truth; each frame takes up to eight times as long."},
    }};
    return table;
}

const DifferenceMode& difference_mode(const DifferenceView& view) {
    return difference_modes()[static_cast<std::size_t>(view.mode)];
}

Mode next_mode(Mode mode) {
    return static_cast<Mode>((static_cast<std::size_t>(mode) + 1) % difference_modes().size());
}

const Ramp* ramp(Mode mode) {
    static const Ramp warm = scaled(heat), two = scaled(diverging);
    return mode == Mode::heat || mode == Mode::uncertainty ? &warm : mode == Mode::both_signs ? &two : nullptr;
}

std::string difference_caption(const DifferenceView& view, const std::string& shown, const std::string& against) {
    std::string text = view.mode == Mode::uncertainty ? shown + ": standard deviation" : shown + " \u2212 " + against;
    if (gain_of(view) == 1) return text;
    char gain[32];
    std::snprintf(gain, sizeof gain, ", \u00d7%.3g", static_cast<double>(view.gain));
    return text + gain;
}

}  // namespace drift
