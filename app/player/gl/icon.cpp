#include "player/gl/icon.h"

#include <algorithm>
#include <cmath>

#include "core/colours.h"

namespace drift {
namespace {

// How much of the pixel around (x, y) lies in a square with round corners; all in units of the icon's side.
float cover(float x, float y, float middle_x, float middle_y, float half, float round, float pixel) {
    const float dx = std::abs(x - middle_x) - half + round, dy = std::abs(y - middle_y) - half + round;
    const float outside = std::hypot(std::max(dx, 0.0f), std::max(dy, 0.0f)) + std::min(std::max(dx, dy), 0.0f) - round;
    return std::clamp(0.5f - outside / pixel, 0.0f, 1.0f);
}

}  // namespace

std::vector<std::uint8_t> window_icon(int side) {
    struct Square {
        float middle, half, strength;
    };
    static constexpr Square trail[] = {{0.33f, 0.17f, 0.28f}, {0.45f, 0.17f, 0.55f}, {0.60f, 0.19f, 1}};  // up to now
    std::vector<std::uint8_t> pixels;
    pixels.reserve(static_cast<std::size_t>(side) * static_cast<std::size_t>(side) * 4);
    const float pixel = 1 / static_cast<float>(side);
    for (int row = 0; row < side; ++row)
        for (int column = 0; column < side; ++column) {
            const float x = (static_cast<float>(column) + 0.5f) * pixel, y = (static_cast<float>(row) + 0.5f) * pixel;
            Colour tone = colours::panel;
            for (const Square& it : trail) {
                const float part = it.strength * cover(x, y, it.middle, 1 - it.middle, it.half, 0.04f, pixel);
                tone = {tone.r + (colours::accent.r - tone.r) * part, tone.g + (colours::accent.g - tone.g) * part,
                        tone.b + (colours::accent.b - tone.b) * part};
            }
            for (float part : {tone.r, tone.g, tone.b, cover(x, y, 0.5f, 0.5f, 0.5f, 0.2f, pixel)})
                pixels.push_back(static_cast<std::uint8_t>(std::lround(std::clamp(part, 0.0f, 1.0f) * 255)));
        }
    return pixels;
}

}  // namespace drift
