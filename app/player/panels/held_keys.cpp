// The game's keys over the picture, those lit that this frame was made with: for films of the play.
#include <algorithm>
#include <cmath>

#include "core/error.h"
#include "core/shot.h"
#include "player/panels/panels.h"
#include "player/panels/widgets.h"
#include "player/world_controls.h"

namespace drift {
namespace {

// A line from the middle to where the mouse went, longer for longer ways.
void mouse_pad(ImDrawList& draw, const ImVec2& from, float side, const Action& action, float scale) {
    const float x = action.mouse_x, y = action.mouse_y, way = std::hypot(x, y);
    const ImVec2 to{from.x + side, from.y + side}, middle{from.x + side / 2, from.y + side / 2};
    draw.AddRectFilled(from, to, colour(palette::panel, 0.7f), 5 * scale);
    draw.AddRect(from, to, way > 0 ? colour(palette::accent) : colour(palette::line), 5 * scale, 0, scale);
    const ImU32 tone = way > 0 ? colour(palette::accent) : colour(palette::muted);
    draw.AddCircleFilled(middle, 2.5f * scale, tone);
    if (way <= 0) return;
    const float reach = side * 0.42f * static_cast<float>(mouse_line(way));
    draw.AddLine(middle, {middle.x + x / way * reach, middle.y + y / way * reach}, tone, 2 * scale);
}

}  // namespace

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
    if (view.takes_mouse()) {
        if (x + height > right && !rows.back().empty()) rows.emplace_back();
        rows.back().push_back(entries.size());  // the mouse
    }
    float y = picture.y + picture.height - pad - static_cast<float>(rows.size()) * (height + gap) + gap;
    draw.PushClipRect({picture.x, picture.y}, {picture.x + picture.width, picture.y + picture.height});
    for (const auto& row : rows) {
        x = picture.x + pad;
        for (std::size_t i : row) {
            if (i == entries.size()) {
                mouse_pad(draw, {x, y}, height, view.step->action, scale);
                continue;
            }
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
