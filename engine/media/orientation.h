// How a picture has to be turned to stand upright: what cameras write beside pictures that they store as their sensor lies.
#pragma once

#include <cstdint>
#include <span>

#include "core/frame.h"

namespace drift {

// Quarter turns and mirror images; the eight there are.
struct Orientation {
    bool transposed = false;                 // rows become columns, first
    bool mirrored = false, upended = false;  // then left and right, top and bottom change places
    bool upright() const { return !transposed && !mirrored && !upended; }
};

// Of a display matrix (ISO 14496-12, as FFmpeg hands it on: nine numbers, 16.16), the nearest quarter turn; upright where it is none.
Orientation orientation_of(std::span<const std::int32_t, 9> matrix);
// Of EXIF's number from 1 to 8; upright of any other.
Orientation orientation_of_exif(int number);
Frame turned(const Frame& frame, Orientation orientation);

}  // namespace drift
