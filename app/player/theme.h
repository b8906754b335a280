// How the player looks: a palette, measures and fonts for one scale of text.
#pragma once

#include <imgui.h>

#include "core/colours.h"

namespace drift {

inline ImVec4 opaque(const Colour& c) { return {c.r, c.g, c.b, 1}; }

namespace palette {
inline const ImVec4 back = opaque(colours::back);
inline const ImVec4 panel = opaque(colours::panel);
inline const ImVec4 raised = opaque(colours::raised);
inline const ImVec4 hovered = opaque(colours::hovered);
inline const ImVec4 line = opaque(colours::line);
inline const ImVec4 text = opaque(colours::text);
inline const ImVec4 muted = opaque(colours::muted);
inline const ImVec4 accent = opaque(colours::accent);
inline const ImVec4 accent_deep = opaque(colours::accent_deep);
inline const ImVec4 amber = opaque(colours::amber);
inline const ImVec4 coral = opaque(colours::coral);
}  // namespace palette

inline ImVec4 lane_tone(int number) { return opaque(colours::lane(number)); }

inline ImU32 colour(const ImVec4& c, float alpha = 1) { return ImGui::GetColorU32(ImVec4(c.x, c.y, c.z, c.w * alpha)); }

struct Fonts {
    ImFont* text = nullptr;
    ImFont* strong = nullptr;  // headings
    ImFont* small = nullptr;   // axes, captions, units
    ImFont* figure = nullptr;  // large figures
    ImFont* mono = nullptr;    // hashes, seeds
};

// Sets style and fonts for `scale`. Fonts are drawn `pixels_per_unit` times as large, to be sharp on such a display. Where the system
// has neither Roboto nor DejaVu, ImGui's own font serves.
Fonts apply_theme(float scale, float pixels_per_unit);
const Fonts& fonts();  // of the last apply_theme

}  // namespace drift
