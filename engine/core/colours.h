// The colours that the player and its exports share. Dark slate; teal is what is yours or alive, amber is a warning, coral a failure.
#pragma once

#include <array>
#include <cstddef>

namespace drift {

struct Colour {
    float r = 0, g = 0, b = 0;
};

namespace colours {
inline constexpr Colour back{0.051f, 0.063f, 0.078f};
inline constexpr Colour panel{0.082f, 0.098f, 0.122f};
inline constexpr Colour raised{0.129f, 0.153f, 0.188f};
inline constexpr Colour hovered{0.173f, 0.204f, 0.247f};
inline constexpr Colour line{0.180f, 0.212f, 0.255f};
inline constexpr Colour text{0.882f, 0.910f, 0.937f};
inline constexpr Colour muted{0.545f, 0.608f, 0.678f};
inline constexpr Colour accent{0.239f, 0.804f, 0.714f};
inline constexpr Colour accent_deep{0.114f, 0.424f, 0.392f};
inline constexpr Colour amber{0.961f, 0.710f, 0.290f};
inline constexpr Colour coral{0.945f, 0.435f, 0.388f};

// Of a lane by its number: told apart by the colour-blind too (after Okabe and Ito's set).
inline constexpr std::array lanes{accent, Colour{0.902f, 0.624f, 0.000f}, Colour{0.337f, 0.706f, 0.914f},
                                  Colour{0.800f, 0.475f, 0.655f}};
inline constexpr const Colour& lane(int number) { return lanes[static_cast<std::size_t>(number) % lanes.size()]; }
}  // namespace colours

}  // namespace drift
