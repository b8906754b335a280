// How the player looks: a palette, measures and fonts for one scale of text.
#pragma once

#include <imgui.h>

namespace drift {

// Dark slate; teal is what is yours or alive, amber is a warning, coral a failure.
namespace palette {
inline const ImVec4 back{0.051f, 0.063f, 0.078f, 1};
inline const ImVec4 panel{0.082f, 0.098f, 0.122f, 1};
inline const ImVec4 raised{0.129f, 0.153f, 0.188f, 1};
inline const ImVec4 hovered{0.173f, 0.204f, 0.247f, 1};
inline const ImVec4 line{0.180f, 0.212f, 0.255f, 1};
inline const ImVec4 text{0.882f, 0.910f, 0.937f, 1};
inline const ImVec4 muted{0.545f, 0.608f, 0.678f, 1};
inline const ImVec4 accent{0.239f, 0.804f, 0.714f, 1};
inline const ImVec4 accent_deep{0.114f, 0.424f, 0.392f, 1};
inline const ImVec4 amber{0.961f, 0.710f, 0.290f, 1};
inline const ImVec4 coral{0.945f, 0.435f, 0.388f, 1};
}  // namespace palette

// Of a lane by its number: told apart by the colour-blind too (after Okabe and Ito's set).
inline const ImVec4& lane_tone(int number) {
    static const ImVec4 tones[] = {palette::accent, {0.902f, 0.624f, 0.000f, 1}, {0.337f, 0.706f, 0.914f, 1}, {0.800f, 0.475f, 0.655f, 1}};
    return tones[static_cast<unsigned>(number) % 4];
}

inline ImU32 colour(const ImVec4& c, float alpha = 1) { return ImGui::GetColorU32(ImVec4(c.x, c.y, c.z, c.w * alpha)); }

struct Fonts {
    ImFont* text = nullptr;
    ImFont* strong = nullptr;   // headings
    ImFont* small = nullptr;    // axes, captions, units
    ImFont* figure = nullptr;   // large figures
    ImFont* mono = nullptr;     // hashes, seeds
};

// Sets style and fonts for `scale`. Fonts are drawn `pixels_per_unit` times as large, to be sharp on such a display. Where the system
// has neither Roboto nor DejaVu, ImGui's own font serves.
Fonts apply_theme(float scale, float pixels_per_unit);
const Fonts& fonts();  // of the last apply_theme

}  // namespace drift
