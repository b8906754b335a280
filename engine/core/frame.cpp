#include "core/frame.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace drift {

double psnr(const Frame& a, const Frame& b) {
    assert(a.width == b.width && a.height == b.height && !a.empty());
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < a.rgb.size(); ++i) {
        int difference = int(a.rgb[i]) - int(b.rgb[i]);
        sum += static_cast<std::uint64_t>(difference * difference);
    }
    if (sum == 0) return psnr_ceiling;
    double mean_square = static_cast<double>(sum) / static_cast<double>(a.rgb.size());
    return std::min(psnr_ceiling, 10.0 * std::log10(255.0 * 255.0 / mean_square));
}

Frame side_by_side(const std::vector<Frame>& frames, int gap) {
    int width = 0, height = 0;
    for (const Frame& frame : frames) {
        width += frame.width + (width > 0 ? gap : 0);
        height = std::max(height, frame.height);
    }
    Frame strip(width, height);
    std::fill(strip.rgb.begin(), strip.rgb.end(), std::uint8_t{40});
    int left = 0;
    for (const Frame& frame : frames) {
        for (int y = 0; y < frame.height; ++y) std::copy_n(frame.at(0, y), frame.width * 3, strip.at(left, y));
        left += frame.width + gap;
    }
    return strip;
}

Frame enlarged(const Frame& frame, int factor) {
    Frame large(frame.width * factor, frame.height * factor);
    for (int y = 0; y < large.height; ++y)
        for (int x = 0; x < large.width; ++x) std::copy_n(frame.at(x / factor, y / factor), 3, large.at(x, y));
    return large;
}

}  // namespace drift
