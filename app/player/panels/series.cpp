#include "player/panels/series.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "core/ticks.h"
#include "player/panels/widgets.h"

namespace drift {

void series(const View& view, const Series& plot, std::span<const float> values, std::size_t capacity) {
    float scale = static_cast<float>(view.layout.scale);
    ImGui::PushFont(fonts().small);
    float text = ImGui::GetFontSize(), foot = text + 6 * scale, pad = std::round(text / 2) + 2 * scale;
    ImVec2 at = ImGui::GetCursorScreenPos(),
           size{ImGui::GetContentRegionAvail().x, std::round(plot.height * scale + foot)};
    auto marks = ticks(static_cast<double>(plot.low), static_cast<double>(plot.high),
                       std::max(1, static_cast<int>((plot.height * scale - pad) / text)));
    auto label = [&](double value) {  // the topmost says the unit
        return tick_label(value) + (value == marks.back() ? std::string(" ") + plot.unit : "");
    };
    float gutter = ImGui::CalcTextSize("frame").x;
    for (double value : marks) gutter = std::max(gutter, ImGui::CalcTextSize(label(value).c_str()).x);
    gutter += 10 * scale;
    if (size.x < gutter + 40 * scale) return ImGui::PopFont();
    ImGui::InvisibleButton(plot.id, size);
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    ImVec2 from{at.x + gutter, at.y}, to{at.x + size.x - 8 * scale, at.y + size.y - foot};
    draw.AddRectFilled(at, {at.x + size.x, at.y + size.y}, colour(palette::back), 5 * scale);
    draw.PushClipRect(at, {at.x + size.x, at.y + size.y}, true);
    auto height_of = [&](float value) {
        float share = std::clamp((value - plot.low) / (plot.high - plot.low), 0.0f, 1.0f);
        return to.y - share * (to.y - from.y - pad);
    };
    auto place_of = [&](double i) {
        return from.x + (to.x - from.x) * static_cast<float>(i / static_cast<double>(capacity - 1));
    };
    ImU32 muted = colour(palette::muted);
    for (double value : marks) {
        float y = std::round(height_of(static_cast<float>(value)));
        draw.AddLine({from.x, y}, {to.x, y}, colour(palette::line, 0.6f), scale);
        text_at({from.x - 4 * scale, y}, {1, 0.5f}, muted, label(value));
    }
    // Frames by their own numbers, or counted back from the newest, which is 0.
    float below = to.y + 4 * scale;
    double count = static_cast<double>(values.size()), newest = static_cast<double>(plot.newest.value_or(0)),
           last = plot.newest ? newest - count + static_cast<double>(capacity) : 0;
    text_at({from.x - 8 * scale, below}, {1, 0}, muted, "frame");
    int room = std::max(1, static_cast<int>((to.x - from.x) / (44 * scale)));
    double every = tick_step(static_cast<double>(capacity), room, 1);
    float drawn = from.x - 6 * scale;
    for (double frame = std::ceil((newest - count + 1) / every) * every; frame <= last; frame += every) {
        float x = place_of(frame - newest + count - 1);
        std::string number = tick_label(frame == 0 ? 0 : frame);
        float half = ImGui::CalcTextSize(number.c_str()).x / 2;
        draw.AddLine({x, to.y}, {x, to.y + 3 * scale}, colour(palette::muted, 0.7f), scale);
        float middle = std::min(x, at.x + size.x - half - 2 * scale);
        if (middle - half < drawn) continue;
        text_at({middle, below}, {0.5f, 0}, muted, number);
        drawn = middle + half + 4 * scale;
    }
    ImDrawListFlags smooth = draw.Flags;
    draw.Flags &= ~ImDrawListFlags_AntiAliasedFill;  // smoothed edges would show as seams where the pieces meet
    static std::vector<ImVec2> points;               // kept, so that no picture of the window allocates it anew
    points.clear();
    for (std::size_t i = 0; i < values.size(); ++i)
        points.push_back({place_of(static_cast<double>(i)), height_of(values[i])});
    for (std::size_t i = 0; i + 1 < points.size(); ++i)
        draw.AddQuadFilled({points[i].x, to.y}, points[i], points[i + 1], {points[i + 1].x, to.y},
                           colour(plot.tone, 0.13f));
    draw.Flags = smooth;
    if (points.size() > 1)
        draw.AddPolyline(points.data(), static_cast<int>(points.size()), colour(plot.tone), 0, 1.5f * scale);
    if (plot.line > plot.low && plot.line < plot.high) {
        float y = std::round(height_of(plot.line));
        draw.AddLine({from.x, y}, {to.x, y}, colour(palette::muted, 0.6f), scale);
        const ImVec2 end{to.x, y - scale}, name = ImGui::CalcTextSize(plot.line_name);
        draw.AddRectFilled({end.x - name.x - 2 * scale, end.y - name.y}, end, colour(palette::back, 0.8f));
        text_at(end, {1, 1}, muted, plot.line_name);
    }
    if (ImGui::IsItemHovered() && !points.empty()) {
        double share = static_cast<double>((ImGui::GetIO().MousePos.x - from.x) / (to.x - from.x));
        double i = std::clamp(std::round(share * static_cast<double>(capacity - 1)), 0.0, count - 1);
        auto which = static_cast<std::size_t>(i);
        draw.AddCircleFilled(points[which], 3 * scale, colour(palette::text));
        double frame = newest - count + 1 + i;
        std::string when = plot.newest ? "Frame " + tick_label(frame)
                           : frame < 0 ? tick_label(-frame) + (frame == -1 ? " frame ago" : " frames ago")
                                       : "Newest frame";
        ImGui::SetTooltip("%s: %.1f %s", when.c_str(), static_cast<double>(values[which]), plot.unit);
    }
    draw.PopClipRect();
    ImGui::PopFont();
}

}  // namespace drift
