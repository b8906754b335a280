#include "player/panels/schedule_plot.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <vector>

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

std::string power(int decade) {
    char text[32];
    std::snprintf(text, sizeof text, "%g", std::pow(10.0, decade));
    return text;
}

void centred(ImDrawList& draw, float x, float y, ImU32 tone, const char* text) {
    draw.AddText({x - ImGui::CalcTextSize(text).x / 2, y}, tone, text);
}

void dashed(ImDrawList& draw, float x, float end, float y, ImU32 tone, float scale) {
    for (; x < end; x += 8 * scale) draw.AddLine({x, y}, {std::min(x + 5 * scale, end), y}, tone, 1.5f * scale);
}

}  // namespace

std::vector<std::size_t> apart(const std::vector<float>& places, float width, float from, float to, std::size_t every) {
    std::vector<std::size_t> kept;
    float end = from;
    for (std::size_t i = 0; i < places.size(); i += every) {
        if (places[i] - width / 2 < end || places[i] + width / 2 > to) continue;
        kept.push_back(i);
        end = places[i] + width / 2;
    }
    return kept;
}

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
    Axes axes{{at.x + 46 * scale, at.y + 14 * scale},
              {end.x - 10 * scale, end.y - text_height - 12 * scale},
              std::floor(std::log10(std::max(bottom, 1e-5f)) + 0.001f),
              std::ceil(std::log10(std::max(top, 1e-4f)) - 0.001f)};
    if (start > 0) axes.low = std::min(axes.low, std::floor(std::log10(std::max(start, 1e-3f)) + 0.001f));
    axes.high = std::max(axes.high, axes.low + 2);
    float decade_height = (axes.to.y - axes.from.y) / (axes.high - axes.low);
    int stride = std::max(1, static_cast<int>(std::ceil((text_height + 2 * scale) / decade_height)));
    for (int decade = static_cast<int>(axes.low); decade <= static_cast<int>(axes.high); decade += stride) {
        float y = std::round(axes.y(std::pow(10.0f, static_cast<float>(decade))));
        draw.AddLine({axes.from.x, y}, {axes.to.x, y}, colour(palette::line, 0.7f), scale);
        std::string label = power(decade);
        draw.AddText({axes.from.x - 7 * scale - ImGui::CalcTextSize(label.c_str()).x, y - text_height / 2},
                     colour(palette::muted), label.c_str());
    }
    draw.AddText({at.x + 8 * scale, end.y - text_height - 5 * scale}, colour(palette::muted), "σ by step");

    float line = std::round(start > 0 ? axes.y(start) : axes.to.y);
    dashed(draw, axes.from.x, axes.to.x, line, colour(palette::amber, 0.9f), scale);
    char label[64];
    if (start > 0) std::snprintf(label, sizeof label, "start scale %.3g", static_cast<double>(start));
    else std::snprintf(label, sizeof label, "start without noise");
    // Above its line, except where that would leave the plot.
    float above = line - text_height - 2 * scale, label_y = above < at.y + 2 * scale ? line + 2 * scale : above;
    draw.AddText({axes.to.x - ImGui::CalcTextSize(label).x, label_y}, colour(palette::amber), label);

    std::vector<ImVec2> points;
    for (std::size_t i = 0; i < steps; ++i) points.push_back({axes.x(i, steps), axes.y(levels[i])});
    ImVec2 zero{axes.x(steps, steps), axes.to.y + 5 * scale};
    if (steps > 1) draw.AddPolyline(points.data(), static_cast<int>(steps), colour(palette::accent), 0, 2 * scale);
    draw.AddLine(points.back(), zero, colour(palette::accent, 0.45f), 1.5f * scale);
    float radius = (steps > 32 ? 2.0f : steps > 16 ? 3.0f : 4.0f) * scale;
    for (const ImVec2& point : points) draw.AddCircleFilled(point, radius, colour(palette::accent), 16);
    draw.AddCircleFilled(zero, radius, colour(palette::back), 16);
    draw.AddCircle(zero, radius, colour(palette::accent), 16, 1.5f * scale);
    // Below: 0 first, then as many of the steps as stand apart from it, from each other and from the axis' name.
    float axis_y = end.y - text_height - 5 * scale;
    centred(draw, zero.x, axis_y, colour(palette::muted), "0");
    auto half = [](const std::string& text) { return ImGui::CalcTextSize(text.c_str()).x / 2; };
    std::size_t every = std::max<std::size_t>(1, (steps + 9) / 10);
    std::vector<float> places;
    for (std::size_t i = 0; i < steps; ++i) places.push_back(axes.x(i, steps));
    float from = at.x + 8 * scale + 2 * half("σ by step") + 6 * scale, to = zero.x - half("0") - 5 * scale;
    for (std::size_t i : apart(places, 2 * half(std::to_string(steps)) + 5 * scale, from, to, every))
        centred(draw, places[i], axis_y, colour(palette::muted), std::to_string(i + 1).c_str());

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
