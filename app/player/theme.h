// How the player looks: a palette, measures and fonts for one scale of text.
#pragma once

#include <imgui.h>

#include "player/palettes.h"

namespace drift {

// The colours of the theme that was applied last.
namespace palette {
inline ImVec4 back, panel, raised, hovered, line, text, muted, accent, accent_deep, amber, coral;
}  // namespace palette

ImVec4 lane_tone(int number);

inline ImU32 colour(const ImVec4& c, float alpha = 1) { return ImGui::GetColorU32(ImVec4(c.x, c.y, c.z, c.w * alpha)); }

// Halfway between two.
inline ImVec4 mixed(const ImVec4& a, const ImVec4& b) {
    return {(a.x + b.x) / 2, (a.y + b.y) / 2, (a.z + b.z) / 2, (a.w + b.w) / 2};
}

struct Fonts {
    ImFont* text = nullptr;
    ImFont* strong = nullptr;  // headings
    ImFont* small = nullptr;   // axes, captions, units
    ImFont* figure = nullptr;  // large figures
    ImFont* mono = nullptr;    // hashes, seeds
};

// Sets the palette, style and fonts for `scale`. Fonts are drawn `pixels_per_unit` times as large, to be sharp on such a display. Where the system
// has neither Roboto nor DejaVu, ImGui's own font serves.
Fonts apply_theme(Theme theme, float scale, float pixels_per_unit);
const Fonts& fonts();  // of the last apply_theme

}  // namespace drift
