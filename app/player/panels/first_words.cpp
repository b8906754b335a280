// What a new user needs to know, in three lines over the picture until a key of the game is pressed or they were there for a while.
#include <algorithm>
#include <cmath>
#include <vector>

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
    const float scale = static_cast<float>(view.layout.scale), pad = 16 * scale,
                between = std::round(ImGui::GetFontSize() * 0.6f), most = std::max(4 * pad, picture.width - 2 * pad);
    auto font_of = [](std::size_t i) { return i == 0 ? fonts().strong : fonts().text; };
    std::vector<ImVec2> sizes;  // wrapped where the picture is narrow
    float width = 0, height = 1.4f * pad;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        ImGui::PushFont(font_of(i));
        sizes.push_back(ImGui::CalcTextSize(lines[i].c_str(), nullptr, false, most));
        ImGui::PopFont();
        width = std::max(width, sizes.back().x + 2 * pad), height += sizes.back().y + between;
    }
    // Behind the windows, so that a click on the picture is one. Above the middle: what is played is mostly lower.
    ImDrawList& draw = *ImGui::GetBackgroundDrawList();
    ImVec2 from{std::round(picture.x + std::max(0.0f, picture.width - width) / 2),
                std::round(picture.y + std::max(0.0f, picture.height * 0.45f - height / 2))},
        to{std::min(from.x + width, picture.x + picture.width), from.y + height};
    draw.AddRectFilled(from, to, colour(palette::panel, 0.92f), 8 * scale);
    draw.AddRect(from, to, colour(palette::line), 8 * scale, 0, scale);
    draw.PushClipRect(from, to, true);
    float y = from.y + 0.7f * pad + between / 2;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const ImVec2 place{std::round((from.x + to.x - sizes[i].x) / 2), std::round(y)};
        draw.AddText(font_of(i), ImGui::GetFontSize(), place, colour(i == 0 ? palette::accent : palette::text),
                     lines[i].c_str(), nullptr, most);
        y += sizes[i].y + between;
    }
    draw.PopClipRect();
}

}  // namespace drift
