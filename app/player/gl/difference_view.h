// How the difference of two pictures is shown: plain data, and the colours that the shader and the legend share.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>

namespace drift {

struct DifferenceView {
    enum class Mode { off, absolute, amplified, heat, both_signs, uncertainty };
    enum class Against { truth, main_lane };
    Mode mode = Mode::off;
    float gain = 8;  // of all modes but `absolute`
    Against against = Against::truth;
    bool operator==(const DifferenceView&) const = default;
};

constexpr float least_gain = 1, most_gain = 64;

struct DifferenceMode {
    DifferenceView::Mode mode;
    const char* name;    // as on a button
    const char* brief;   // where there is little room
    const char* option;  // as on the command line
    const char* meaning;
};
std::span<const DifferenceMode> difference_modes();
const DifferenceMode& difference_mode(const DifferenceView& view);
// The one after it, off after the last.
DifferenceView::Mode next_mode(DifferenceView::Mode mode);

inline float gain_of(const DifferenceView& view) { return view.mode == DifferenceView::Mode::absolute ? 1 : view.gain; }

// Red, green and blue from 0 to 1 at even places between no difference (or the most negative one) and the largest.
using Ramp = std::array<std::array<float, 3>, 9>;
// nullptr where the mode shows the difference's own colours.
const Ramp* ramp(DifferenceView::Mode mode);

// "Dream - Truth, x8".
std::string difference_caption(const DifferenceView& view, const std::string& shown, const std::string& against);

}  // namespace drift
