#include "media/orientation.h"

#include <cstdlib>
#include <cstring>

namespace drift {

// A pixel at (x, y) goes to (a x + c y, b x + d y), up to a shift.
Orientation orientation_of(std::span<const std::int32_t, 9> matrix) {
    const std::int64_t a = matrix[0], b = matrix[1], c = matrix[3], d = matrix[4];
    if (a == 0 && b == 0 && c == 0 && d == 0) return {};
    if (std::llabs(b) + std::llabs(c) > std::llabs(a) + std::llabs(d)) return {true, c < 0, b < 0};
    return {false, a < 0, d < 0};
}

Orientation orientation_of_exif(int number) {
    switch (number) {
        case 2: return {false, true, false};
        case 3: return {false, true, true};
        case 4: return {false, false, true};
        case 5: return {true, false, false};
        case 6: return {true, true, false};
        case 7: return {true, true, true};
        case 8: return {true, false, true};
        default: return {};
    }
}

Frame turned(const Frame& frame, Orientation orientation) {
    if (orientation.upright()) return frame;
    Frame result(orientation.transposed ? frame.height : frame.width,
                 orientation.transposed ? frame.width : frame.height);
    for (int y = 0; y < frame.height; ++y)
        for (int x = 0; x < frame.width; ++x) {
            int to_x = orientation.transposed ? y : x, to_y = orientation.transposed ? x : y;
            if (orientation.mirrored) to_x = result.width - 1 - to_x;
            if (orientation.upended) to_y = result.height - 1 - to_y;
            std::memcpy(result.at(to_x, to_y), frame.at(x, y), 3);
        }
    return result;
}

}  // namespace drift
