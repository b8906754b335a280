#include "player/panels/schedule_plot.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>
#include <vector>

#include "core/ticks.h"
#include "player/panels/widgets.h"

namespace drift {
namespace {

struct Axes {
    ImVec2 from, to;  // of the inner rectangle
    float low, high;  // decades

    float y(float sigma) const {
        float decade = std::log10(std::max(sigma, 1e-9f));
        return to.y - std::clamp((decade - low) / (high - low), 0.0f, 1.0f) * (to.y - from.y);
    }
    float x(std::size_t i, std::size_t steps) const {
        return from.x + (to.x - from.x) * (static_cast<float>(i) + 0.5f) / static_cast<float>(steps + 1);
    }
};

void dashed(ImDrawList& draw, float x, float end, float y, ImU32 tone, float scale) {
    for (; x < end; x += 8 * scale) draw.AddLine({x, y}, {std::min(x + 5 * scale, end), y}, tone, 1.5f * scale);
}

}  // namespace

void schedule_plot(const View& view) {
    float scale = static_cast<float>(view.layout.scale);
    std::vector<float> levels = sigmas(view.part());
    std::size_t steps = levels.size() - 1;  // the last one is 0
    float start = start_scale(view.part());
    ImVec2 at = ImGui::GetCursorScreenPos(), size{ImGui::GetContentRegionAvail().x, std::round(132 * scale)};
    if (size.x < 120 * scale) return;
    ImGui::InvisibleButton("schedule", size);
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    ImVec2 end{at.x + size.x, at.y + size.y};
    draw.AddRectFilled(at, end, colour(palette::back), 6 * scale);
    ImGui::PushFont(fonts().small);
    float text_height = ImGui::GetFontSize();

    // Whole decades around all that is shown; at least two, so that the plot does not jump for a small change.
    float top = std::max(levels.front(), start), bottom = levels[steps - 1];
    float low = std::floor(std::log10(std::max(bottom, 1e-5f)) + 0.001f),
          high = std::ceil(std::log10(std::max(top, 1e-4f)) - 0.001f);
    if (start > 0) low = std::min(low, std::floor(std::log10(std::max(start, 1e-3f)) + 0.001f));
    high = std::max(high, low + 2);
    float upper = at.y + 14 * scale, lower = end.y - text_height - 12 * scale;
    ImU32 muted = colour(palette::muted);
    auto marks = log_ticks(std::pow(10.0, static_cast<double>(low)), std::pow(10.0, static_cast<double>(high)),
                           static_cast<int>((lower - upper) / (text_height + scale)));
    auto label = [&](double sigma) { return (sigma == marks.back() ? "σ " : "") + tick_label(sigma); };
    float gutter = ImGui::CalcTextSize("step").x;
    for (double sigma : marks) gutter = std::max(gutter, ImGui::CalcTextSize(label(sigma).c_str()).x);
    Axes axes{{at.x + 13 * scale + gutter, upper}, {end.x - 10 * scale, lower}, low, high};
    for (double sigma : marks) {
        float y = std::round(axes.y(static_cast<float>(sigma)));
        draw.AddLine({axes.from.x, y}, {axes.to.x, y}, colour(palette::line, 0.7f), scale);
        text_at({axes.from.x - 6 * scale, y}, {1, 0.5f}, muted, label(sigma));
    }

    float line = std::round(start > 0 ? axes.y(start) : axes.to.y);
    dashed(draw, axes.from.x, axes.to.x, line, colour(palette::amber, 0.9f), scale);
    char words[64];
    if (start > 0) std::snprintf(words, sizeof words, "start scale %.3g", static_cast<double>(start));
    else std::snprintf(words, sizeof words, "start without noise");
    // Above its line, except where that would leave the plot.
    float above = line - text_height - 2 * scale, label_y = above < at.y + 2 * scale ? line + 2 * scale : above;
    text_at({axes.to.x, label_y}, {1, 0}, colour(palette::amber), words);

    std::vector<ImVec2> points;
    for (std::size_t i = 0; i < steps; ++i) points.push_back({axes.x(i, steps), axes.y(levels[i])});
    ImVec2 zero{axes.x(steps, steps), axes.to.y + 5 * scale};
    if (steps > 1) draw.AddPolyline(points.data(), static_cast<int>(steps), colour(palette::accent), 0, 2 * scale);
    draw.AddLine(points.back(), zero, colour(palette::accent, 0.45f), 1.5f * scale);
    float radius = (steps > 32 ? 2.0f : steps > 16 ? 3.0f : 4.0f) * scale;
    for (const ImVec2& point : points) draw.AddCircleFilled(point, radius, colour(palette::accent), 16);
    draw.AddCircleFilled(zero, radius, colour(palette::back), 16);
    draw.AddCircle(zero, radius, colour(palette::accent), 16, 1.5f * scale);
    // Below: round numbers of steps, as many as stand apart, and at the end that no noise is left.
    float below = end.y - text_height - 5 * scale;
    const char* last = "σ 0";
    text_at({axes.from.x - 6 * scale, below}, {1, 0}, muted, "step");
    text_at({zero.x, below}, {0.5f, 0}, muted, last);
    float room = zero.x - axes.from.x - ImGui::CalcTextSize(last).x / 2 - 4 * scale,
          widest = ImGui::CalcTextSize(std::to_string(steps).c_str()).x;
    auto most = std::max(1, static_cast<int>(room / (widest + 10 * scale)));
    for (double step : ticks(1, static_cast<double>(steps), most, 1)) {
        float x = axes.x(static_cast<std::size_t>(step) - 1, steps);
        if (x + widest / 2 <= axes.from.x + room) text_at({x, below}, {0.5f, 0}, muted, tick_label(step));
    }

    if (ImGui::IsItemHovered()) {
        float mouse = ImGui::GetIO().MousePos.x;
        std::size_t nearest = 0;
        for (std::size_t i = 1; i <= steps; ++i)
            if (std::abs(axes.x(i, steps) - mouse) < std::abs(axes.x(nearest, steps) - mouse)) nearest = i;
        draw.AddCircle(nearest < steps ? points[nearest] : zero, radius + 3 * scale, colour(palette::text), 20,
                       1.5f * scale);
        if (nearest < steps)
            ImGui::SetTooltip("Denoising step %zu of %zu: sigma %.4g", nearest + 1, steps,
                              static_cast<double>(levels[nearest]));
        else ImGui::SetTooltip("No noise left: the frame that is shown");
    }
    ImGui::PopFont();
}

}  // namespace drift
