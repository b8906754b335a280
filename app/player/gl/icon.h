// The window's icon: a square that drifts off, drawn by code.
#pragma once

#include <cstdint>
#include <vector>

namespace drift {

// RGBA, 4 bytes a pixel, of a square with this side; transparent around the rounded corners.
std::vector<std::uint8_t> window_icon(int side);

}  // namespace drift
