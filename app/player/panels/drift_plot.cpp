#include "player/panels/drift_plot.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "core/ticks.h"
#include "player/panels/widgets.h"
#include "player/plot_values.h"

namespace drift {
namespace {

void grid(const PlotAxes& axes, const DriftHistory& history, const char* unit, float scale) {
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    float size = ImGui::GetFontSize(), right = axes.from.x - 6 * scale;
    ImU32 tone = colour(palette::muted);
    int most = std::max(2, static_cast<int>((axes.to.y - axes.from.y) / (size * 1.6f)));
    for (double value : ticks(axes.low, axes.high, most)) {
        float y = std::round(axes.y(value));
        draw.AddLine({axes.from.x, y}, {axes.to.x, y}, colour(palette::line, 0.6f), scale);
        text_at({right, y}, {1, 0.5f}, tone, tick_label(value));
    }
    text_at({axes.from.x, axes.from.y - 5 * scale}, {0, 1}, tone, *unit ? unit : "no unit");
    // Along the bottom the frames of the episode, which is what the player counts.
    float below = axes.to.y + 5 * scale;
    most = std::max(2, static_cast<int>((axes.to.x - axes.from.x) / (62 * scale)));
    text_at({right - 3 * scale, below}, {1, 0}, tone, "frame");
    for (const FrameMark& mark : frame_marks(history, axes.first, axes.last, most)) {
        float x = std::round(axes.x(mark.position));
        draw.AddLine({x, axes.from.y}, {x, axes.to.y}, colour(palette::line, 0.35f), scale);
        draw.AddLine({x, axes.to.y}, {x, axes.to.y + 4 * scale}, colour(palette::muted, 0.7f), scale);
        text_at({x, below}, {0.5f, 0}, tone, std::to_string(mark.index));
    }
}

// Does something begin between two samples?
bool parted(const DriftSample& before, const DriftSample& now) {
    return before.episode != now.episode || now.index - before.index != now.position - before.position;
}

void line(const PlotAxes& axes, const std::deque<DriftSample>& samples, int lane, const DriftMeasure& measure,
          ImU32 tone, float scale) {
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
        if (!std::isfinite(value) || (i >= stride && parted(samples[i - stride], samples[i]))) flush();
        if (std::isfinite(value)) points.push_back({axes.x(static_cast<double>(samples[i].position)), axes.y(value)});
    }
    flush();
}

void fit_values(PlotAxes& axes, const View& view, const DriftMeasure& measure) {
    axes.low = measure.low, axes.high = measure.high;
    for (const DriftSample& sample : view.history.samples()) {
        if (static_cast<double>(sample.position) < axes.first || static_cast<double>(sample.position) > axes.last)
            continue;
        for (const auto& [lane, drift] : sample.lanes) {
            double value = drift.*measure.value;
            if (!std::isfinite(value) || view.layout.plots.hidden.contains(lane)) continue;
            axes.low = std::min(axes.low, value), axes.high = std::max(axes.high, value);
        }
    }
}

void changes(const View& view, const PlotAxes& axes, float scale) {
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    for (const DriftSample& sample : view.history.samples()) {
        if (sample.marks.empty() || static_cast<double>(sample.position) < axes.first ||
            static_cast<double>(sample.position) > axes.last)
            continue;
        float x = std::round(axes.x(static_cast<double>(sample.position)));
        draw.AddLine({x, axes.from.y}, {x, axes.to.y}, colour(palette::amber, 0.6f), scale);
        draw.AddCircleFilled({x, axes.from.y}, 3 * scale, colour(palette::amber), 12);
    }
}

void turn(View& view, const PlotAxes& axes) {
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
    // A click goes to a frame. Where it was the first half of a double click, the play goes back to where it was.
    static struct {
        bool paused = true;
        std::uint64_t position = 0;
    } before;
    static bool undone = false;
    if (ImGui::IsItemHovered() && ImGui::IsMouseDoubleClicked(0)) {
        range.follow();
        dragged = undone = true;
        if (!before.paused && !view.recording.watch) before.position = view.history.end() - 1;  // where it stopped
        view.commands.push_back({Command::Kind::seek_to, before.position});
    }
    if (!ImGui::IsItemDeactivated()) return;
    if (std::exchange(undone, false)) return view.pause(before.paused);  // after the seek: else it might play on first
    if (dragged || view.history.samples().empty()) return;
    before = {view.playback.paused(), view.history.cursor()};
    view.pause(true);
    view.commands.push_back(
        {Command::Kind::seek_to, static_cast<std::uint64_t>(std::max(0.0, std::round(axes.position(io.MousePos.x))))});
}

}  // namespace

std::pair<double, double> plot_span(const View& view) {
    double last = view.layout.plots.end.value_or(static_cast<double>(view.history.end()) - 1);
    last = std::max(
        last, static_cast<double>(view.history.first()) + view.layout.plots.span);  // a young play begins at the left
    return {last - view.layout.plots.span, last};
}

std::optional<DriftPlot> drift_plot(View& view, const DriftMeasure& measure, ImVec2 size) {
    float scale = static_cast<float>(view.layout.scale);
    if (size.x < 100 * scale || size.y < 60 * scale) return std::nullopt;
    ImVec2 at = ImGui::GetCursorScreenPos();
    ImGui::InvisibleButton(measure.name, size);
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    draw.AddRectFilled(at, {at.x + size.x, at.y + size.y}, colour(palette::back), 6 * scale);
    ImGui::PushFont(fonts().small);
    float text = ImGui::GetFontSize();
    auto [first, last] = plot_span(view);
    PlotAxes axes{{at.x + 44 * scale, at.y + text + 11 * scale},
                  {at.x + size.x - 14 * scale, at.y + size.y - text - 9 * scale},
                  first,
                  last,
                  0,
                  1};
    fit_values(axes, view, measure);
    grid(axes, view.history, measure.unit, scale);
    draw.PushClipRect({axes.from.x, axes.from.y - 4 * scale}, {axes.to.x, axes.to.y + scale}, true);
    changes(view, axes, scale);
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
    ImGui::PopFont();
    return DriftPlot{&measure, axes, ImGui::IsItemHovered()};
}

}  // namespace drift
