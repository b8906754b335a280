#include "player/panels/drift_plot.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>

#include "core/ticks.h"
#include "player/lanes.h"
#include "player/panels/widgets.h"

namespace drift {
namespace {

struct Axes {
    ImVec2 from, to;
    double first, last;  // positions
    double low, high;

    float x(double position) const {
        return from.x + static_cast<float>((position - first) / (last - first)) * (to.x - from.x);
    }
    float y(double value) const {
        return to.y - static_cast<float>(std::clamp((value - low) / (high - low), -0.1, 1.1)) * (to.y - from.y);
    }
    double position(float at) const {
        return first + static_cast<double>((at - from.x) / (to.x - from.x)) * (last - first);
    }
};

void grid(const Axes& axes, const DriftHistory& history, float scale) {
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    char text[32];
    float size = ImGui::GetFontSize();
    double step = tick_of(axes.high - axes.low, std::max(2, static_cast<int>((axes.to.y - axes.from.y) / (size * 2))));
    for (double value = std::ceil(axes.low / step) * step; value <= axes.high + step * 1e-6; value += step) {
        float y = std::round(axes.y(value));
        draw.AddLine({axes.from.x, y}, {axes.to.x, y}, colour(palette::line, 0.6f), scale);
        std::snprintf(text, sizeof text, "%g", std::abs(value) < step * 1e-6 ? 0.0 : value);
        draw.AddText({axes.from.x - 5 * scale - ImGui::CalcTextSize(text).x, y - size / 2}, colour(palette::muted),
                     text);
    }
    // Along the bottom the steps of the episode, which is what the player counts.
    step = std::max(
        1.0, tick_of(axes.last - axes.first, std::max(2, static_cast<int>((axes.to.x - axes.from.x) / (70 * scale)))));
    for (double at = std::ceil(std::max(axes.first, 0.0) / step) * step; at <= axes.last; at += step) {
        const DriftSample* sample = history.at(static_cast<std::uint64_t>(at));
        if (!sample) continue;
        std::snprintf(text, sizeof text, "%llu", static_cast<unsigned long long>(sample->index));
        draw.AddText({axes.x(at) - ImGui::CalcTextSize(text).x / 2, axes.to.y + 3 * scale}, colour(palette::muted),
                     text);
    }
}

void line(const Axes& axes, const std::deque<DriftSample>& samples, int lane, const DriftMeasure& measure, ImU32 tone,
          float scale) {
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    static std::vector<ImVec2> points;  // kept, so that no picture of the window allocates it anew
    points.clear();
    auto flush = [&] {
        if (points.size() > 1) draw.AddPolyline(points.data(), static_cast<int>(points.size()), tone, 0, 1.6f * scale);
        points.clear();
    };
    if (samples.empty()) return;
    auto base = static_cast<double>(samples.front().position);
    auto from = static_cast<std::size_t>(std::clamp(axes.first - base - 1, 0.0, static_cast<double>(samples.size())));
    double per_pixel = (axes.last - axes.first) / std::max(1.0f, axes.to.x - axes.from.x);
    auto stride = std::max<std::size_t>(1, static_cast<std::size_t>(per_pixel));
    for (std::size_t i = from; i < samples.size() && static_cast<double>(samples[i].position) <= axes.last + 1;
         i += stride) {
        const Drift* drift = samples[i].of(lane);
        double value = drift ? drift->*measure.value : Drift::unknown;
        if (std::isnan(value) || samples[i].index == 0) flush();
        if (!std::isnan(value)) points.push_back({axes.x(static_cast<double>(samples[i].position)), axes.y(value)});
    }
    flush();
}

void fit_values(Axes& axes, const View& view, const DriftMeasure& measure) {
    axes.low = measure.low, axes.high = measure.high;
    for (const DriftSample& sample : view.history.samples()) {
        if (static_cast<double>(sample.position) < axes.first || static_cast<double>(sample.position) > axes.last)
            continue;
        for (const auto& [lane, drift] : sample.lanes) {
            double value = drift.*measure.value;
            if (std::isnan(value) || view.layout.plots.hidden.contains(lane)) continue;
            axes.low = std::min(axes.low, value), axes.high = std::max(axes.high, value);
        }
    }
}

void changes(const View& view, const Axes& axes, float scale, const DriftSample*& near) {
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    bool hovered = ImGui::IsItemHovered();
    for (const DriftSample& sample : view.history.samples()) {
        if (sample.marks.empty() || static_cast<double>(sample.position) < axes.first ||
            static_cast<double>(sample.position) > axes.last)
            continue;
        float x = std::round(axes.x(static_cast<double>(sample.position)));
        draw.AddLine({x, axes.from.y}, {x, axes.to.y}, colour(palette::amber, 0.6f), scale);
        draw.AddCircleFilled({x, axes.from.y}, 3 * scale, colour(palette::amber), 12);
        if (hovered && std::abs(ImGui::GetIO().MousePos.x - x) < 6 * scale) near = &sample;
    }
}

void under_cursor(const View& view, const Axes& axes, const DriftMeasure& measure, const DriftSample* near) {
    const DriftSample* sample = near ? near
                                     : view.history.at(static_cast<std::uint64_t>(
                                           std::max(0.0, std::round(axes.position(ImGui::GetIO().MousePos.x)))));
    if (!sample) return;
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    float x = axes.x(static_cast<double>(sample->position));
    draw.AddLine({x, axes.from.y}, {x, axes.to.y}, colour(palette::text, 0.35f), static_cast<float>(view.layout.scale));
    ImGui::BeginTooltip();
    ImGui::Text("Frame %llu", static_cast<unsigned long long>(sample->index));
    for (const auto& [lane, drift] : sample->lanes) {
        double value = drift.*measure.value;
        if (!std::isnan(value))
            ImGui::TextColored(lane_tone(lane), "%s  %.3g %s", lane_name(lane).c_str(), value, measure.unit);
    }
    for (const std::string& mark : sample->marks) ImGui::TextColored(palette::amber, "%s", mark.c_str());
    ImGui::EndTooltip();
}

void turn(View& view, const Axes& axes) {
    PlotRange& range = view.layout.plots;
    const ImGuiIO& io = ImGui::GetIO();
    double newest = static_cast<double>(view.history.end());
    static bool dragged = false;
    if (ImGui::IsItemHovered() && io.MouseWheel != 0) {  // around the cursor
        double at = axes.position(io.MousePos.x),
               span = std::clamp(range.span * std::pow(0.8, static_cast<double>(io.MouseWheel)), 10.0, 20'000.0);
        double end = at + (axes.last - at) * span / range.span;
        range.end = end >= newest - 1 ? std::nullopt : std::optional(end);
        range.span = span;
    }
    if (ImGui::IsItemActivated()) dragged = false;
    if (ImGui::IsItemActive() && ImGui::IsMouseDragging(0, 4)) {
        dragged = true;
        double end = range.end.value_or(newest - 1) -
                     static_cast<double>(io.MouseDelta.x) * range.span / static_cast<double>(axes.to.x - axes.from.x);
        range.end = end >= newest - 1 ? std::nullopt
                                      : std::optional(std::max(end, static_cast<double>(view.history.first()) + 10));
    }
    if (ImGui::IsItemHovered() && ImGui::IsMouseDoubleClicked(0)) {
        range.end.reset();
        range.span = 300;
        dragged = true;
    }
    if (ImGui::IsItemDeactivated() && !dragged) {
        view.pause(true);
        view.commands.push_back({Command::Kind::seek_to,
                                 static_cast<std::uint64_t>(std::max(0.0, std::round(axes.position(io.MousePos.x))))});
    }
}

}  // namespace

std::pair<double, double> plot_span(const View& view) {
    double last = view.layout.plots.end.value_or(static_cast<double>(view.history.end()) - 1);
    last = std::max(
        last, static_cast<double>(view.history.first()) + view.layout.plots.span);  // a young play begins at the left
    return {last - view.layout.plots.span, last};
}

void drift_plot(View& view, const DriftMeasure& measure, ImVec2 size) {
    float scale = static_cast<float>(view.layout.scale);
    if (size.x < 100 * scale || size.y < 50 * scale) return;
    ImVec2 at = ImGui::GetCursorScreenPos();
    ImGui::InvisibleButton(measure.name, size);
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    draw.AddRectFilled(at, {at.x + size.x, at.y + size.y}, colour(palette::back), 6 * scale);
    ImGui::PushFont(fonts().small);
    auto [first, last] = plot_span(view);
    Axes axes{{at.x + 40 * scale, at.y + 10 * scale},
              {at.x + size.x - 10 * scale, at.y + size.y - ImGui::GetFontSize() - 8 * scale},
              first,
              last,
              0,
              1};
    fit_values(axes, view, measure);
    grid(axes, view.history, scale);
    draw.PushClipRect({axes.from.x, axes.from.y - 4 * scale}, {axes.to.x, axes.to.y + scale}, true);
    const DriftSample* near = nullptr;
    changes(view, axes, scale, near);
    if (view.layout.ghost && !view.history.ghost().empty())
        line(axes, view.history.ghost(), view.history.ghost().front().main, measure, colour(palette::muted, 0.7f),
             scale);
    for (const Lane& lane : view.lanes.all)
        if (!view.layout.plots.hidden.contains(lane.number))
            line(axes, view.history.samples(), lane.number, measure, colour(lane_tone(lane.number)), scale);
    float now = axes.x(static_cast<double>(view.history.cursor()));
    if (view.history.cursor() + 1 < view.history.end())
        draw.AddLine({now, axes.from.y}, {now, axes.to.y}, colour(palette::text), scale);
    draw.PopClipRect();
    if (view.history.samples().empty())
        draw.AddText({axes.from.x + 8 * scale, axes.from.y}, colour(palette::muted), "Nothing has been played yet");
    turn(view, axes);
    if (ImGui::IsItemHovered()) under_cursor(view, axes, measure, near);
    ImGui::PopFont();
}

}  // namespace drift
