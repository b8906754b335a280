// An emulator's picture in any of its forms -> RGB bytes of the size that is wanted, by the mean over areas.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace drift::libretro {

enum class PixelFormat { xrgb1555, xrgb8888, rgb565 };

struct Crop {
    int left = 0, top = 0, right = 0, bottom = 0;  // pixels off each edge, none of them negative
};

// Rows of `pitch` bytes -> RGB of width x height; whatever is cropped leaves at least a pixel.
class Picture {
public:
    void take(const void* data, int width, int height, std::size_t pitch, PixelFormat format);
    bool empty() const { return rgb_.empty(); }
    int width() const { return width_; }
    int height() const { return height_; }
    std::vector<std::uint8_t> shown(const Crop& crop, int width, int height) const;

private:
    int width_ = 0, height_ = 0;
    std::vector<std::uint8_t> rgb_;
};

}  // namespace drift::libretro
