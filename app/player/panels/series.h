// A small plot of the last values of one figure, for a side column.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "player/theme.h"
#include "player/view.h"

namespace drift {

struct Series {
    const char* id;
    float height;     // of the curve, at scale 1; the frames' numbers stand below it
    float low, high;  // of the values
    ImVec4 tone;
    const char* unit;
    float line = 0;  // a level to be seen against, where it lies between low and high
    const char* line_name = "";
    std::optional<std::uint64_t> newest;  // the number of the last value's frame; nullopt: frames count back from now
};
// Values from the left, oldest first; `capacity` of them fill the width.
void series(const View& view, const Series& plot, std::span<const float> values, std::size_t capacity);

}  // namespace drift
