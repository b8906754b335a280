// The game's keys over the picture, those lit that this frame was made with: for films of the play.
#include <algorithm>
#include <cmath>

#include "core/error.h"
#include "player/panels/panels.h"
#include "player/panels/widgets.h"
#include "player/world_controls.h"

namespace drift {

void held_keys(const View& view, const Fit& fit) {
    if (!view.layout.held_keys || !view.world || !view.step || fit.frames.empty()) return;
    const float scale = static_cast<float>(view.layout.scale), gap = 5 * scale, pad = 10 * scale,
                unit = 1 / ImGui::GetIO().DisplayFramebufferScale.x;
    const Box& first = fit.frames.front();
    Box picture{first.x * unit, first.y * unit, first.width * unit, first.height * unit};
    // Above the band that says that a dream has collapsed.
    if (view.step->lanes.front().collapsed) picture.height -= ImGui::GetFontSize() + 10 * scale;
    const float right = picture.x + picture.width - pad;
    ImDrawList& draw = *ImGui::GetBackgroundDrawList();
    ImGui::PushFont(fonts().strong);
    const float height = std::round(ImGui::GetFontSize() + 10 * scale);
    auto label = [&](const ActionSpace::Entry& entry) {
        const auto keys = shown_keys(entry, view.keyboard);
        return keys.empty() ? printable(entry.name) : printable(keys.front());
    };
    auto width = [&](const std::string& text) {
        return std::max(height, std::round(ImGui::CalcTextSize(text.c_str()).x + 16 * scale));
    };
    // In rows from the bottom left, in the order that the world has them: a key does not move when it is pressed.
    std::vector<std::vector<std::size_t>> rows(1);
    float x = picture.x + pad;
    const auto& entries = view.world->actions.entries;
    for (std::size_t i = 1; i < entries.size(); ++i) {
        if (entries[i].keys.empty()) continue;
        const float across = width(label(entries[i]));
        if (x + across > right && !rows.back().empty()) rows.emplace_back(), x = picture.x + pad;
        rows.back().push_back(i);
        x += across + gap;
    }
    float y = picture.y + picture.height - pad - static_cast<float>(rows.size()) * (height + gap) + gap;
    draw.PushClipRect({picture.x, picture.y}, {picture.x + picture.width, picture.y + picture.height});
    for (const auto& row : rows) {
        x = picture.x + pad;
        for (std::size_t i : row) {
            const bool held = view.step->action.holds(static_cast<int>(i));
            const std::string text = label(entries[i]);
            const float across = width(text);
            const ImVec2 from{x, y}, to{x + across, y + height};
            draw.AddRectFilled(from, to, held ? colour(palette::accent_deep) : colour(palette::panel, 0.7f), 5 * scale);
            draw.AddRect(from, to, held ? colour(palette::accent) : colour(palette::line), 5 * scale, 0, scale);
            const ImVec2 words = ImGui::CalcTextSize(text.c_str());
            draw.AddText({std::round(x + (across - words.x) / 2), std::round(y + (height - words.y) / 2)},
                         held ? colour(palette::text) : colour(palette::muted), text.c_str());
            x += across + gap;
        }
        y += height + gap;
    }
    draw.PopClipRect();
    ImGui::PopFont();
}

}  // namespace drift
