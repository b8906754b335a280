// What a new user needs to know, in three lines over the picture until a key of the game is pressed or they were there for a while.
#include <algorithm>
#include <cmath>

#include "player/panels/panels.h"
#include "player/panels/widgets.h"
#include "player/world_controls.h"

namespace drift {

void first_words_over(View& view, const Box& picture) {
    if (!view.layout.first_words || !view.step || view.recording.watch || (view.world && view.world->recorded) ||
        view.waits() || view.layout.palette)
        return;
    // Who has seen a dream collapse has something else to read, where these would stand.
    if (std::any_of(view.step->lanes.begin(), view.step->lanes.end(),
                    [](const LaneStep& lane) { return lane.collapsed.has_value(); }))
        return;
    constexpr double shown_for = 20;  // seconds
    if (view.layout.first_words_until == 0) view.layout.first_words_until = view.now + shown_for;
    if (view.now > view.layout.first_words_until) {
        view.layout.first_words = false;
        return;
    }
    const auto lines = first_words(view);
    float scale = static_cast<float>(view.layout.scale), line = std::round(ImGui::GetFontSize() * 1.6f),
          pad = 16 * scale, width = 0;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        ImGui::PushFont(i == 0 ? fonts().strong : fonts().text);
        width = std::max(width, ImGui::CalcTextSize(lines[i].c_str()).x);
        ImGui::PopFont();
    }
    float height = line * static_cast<float>(lines.size()) + 1.4f * pad;
    width += 2 * pad;
    // Behind the windows, so that a click on the picture is one. Above the middle: what is played is mostly lower.
    ImDrawList& draw = *ImGui::GetBackgroundDrawList();
    ImVec2 from{std::round(picture.x + std::max(0.0f, picture.width - width) / 2),
                std::round(picture.y + std::max(0.0f, picture.height * 0.45f - height / 2))},
        to{std::min(from.x + width, picture.x + picture.width), from.y + height};
    draw.AddRectFilled(from, to, colour(palette::panel, 0.92f), 8 * scale);
    draw.AddRect(from, to, colour(palette::line), 8 * scale, 0, scale);
    draw.PushClipRect(from, to, true);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        ImFont* font = i == 0 ? fonts().strong : fonts().text;
        ImGui::PushFont(font);
        float x = std::max(from.x + pad, (from.x + to.x - ImGui::CalcTextSize(lines[i].c_str()).x) / 2);
        float y = from.y + 0.7f * pad + line * static_cast<float>(i) + (line - ImGui::GetFontSize()) / 2;
        draw.AddText({std::round(x), std::round(y)}, colour(i == 0 ? palette::accent : palette::text),
                     lines[i].c_str());
        ImGui::PopFont();
    }
    draw.PopClipRect();
}

}  // namespace drift
