// A picture on the host.
#pragma once

#include <cstdint>
#include <vector>

namespace drift {

// RGB bytes, row by row, 3 per pixel; an empty frame has width = height = 0.
struct Frame {
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> rgb;

    Frame() = default;
    Frame(int w, int h) : width(w), height(h), rgb(static_cast<std::size_t>(w) * h * 3) {}

    bool empty() const { return rgb.empty(); }
    std::uint8_t* at(int x, int y) { return rgb.data() + (static_cast<std::size_t>(y) * width + x) * 3; }
    const std::uint8_t* at(int x, int y) const { return rgb.data() + (static_cast<std::size_t>(y) * width + x) * 3; }
    bool operator==(const Frame&) const = default;
};

// Peak signal-to-noise ratio in dB over all bytes, peak 255; equal frames give psnr_ceiling (infinity does not average).
// Both frames must have the same size.
double psnr(const Frame& a, const Frame& b);
inline constexpr double psnr_ceiling = 60.0;

// The frames next to each other from left to right, `gap` pixels of dark grey between them, aligned at the top.
Frame side_by_side(const std::vector<Frame>& frames, int gap);

// Every pixel becomes `factor` x `factor` pixels.
Frame enlarged(const Frame& frame, int factor);

}  // namespace drift
