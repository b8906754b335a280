#include "player/plot_values.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "core/ticks.h"
#include "player/lanes.h"

namespace drift {
namespace {

std::string written(double value) {
    if (std::isnan(value)) return "-";
    char text[32];
    std::snprintf(text, sizeof text, "%.*f", std::abs(value) < 9.995 ? 2 : 1, value);
    return text;
}

ValueTable::Row row(const Drift* drift, int lane, std::string name, std::span<const DriftMeasure* const> measures) {
    ValueTable::Row row{lane, false, std::move(name), {}};
    for (const DriftMeasure* measure : measures)
        row.cells.push_back(written(drift ? drift->*measure->value : Drift::unknown));
    return row;
}

}  // namespace

std::vector<FrameMark> frame_marks(const DriftHistory& history, double first, double last, int most) {
    const double step = tick_step(last - first, most, 1);
    std::vector<FrameMark> marks;
    if (step == 0 || history.samples().empty()) return marks;
    const auto every = static_cast<std::uint64_t>(step);
    auto mark = [&](std::uint64_t position, std::uint64_t index, bool begins) {
        if (index % every != 0 && !begins) return;
        const auto at = static_cast<double>(position);
        if (!marks.empty() && at - marks.back().position < step / 2) {
            if (!begins) return;
            marks.pop_back();  // where something begins counts for more than the last round number before it
        }
        marks.push_back({at, index});
    };
    const double end = static_cast<double>(history.end());
    for (double at = std::max(std::ceil(first), static_cast<double>(history.first())); at <= last && at < end; ++at) {
        const DriftSample& sample = *history.at(static_cast<std::uint64_t>(at));
        mark(sample.position, sample.index, sample.begins && sample.position > history.first());
    }
    const DriftSample& newest = history.samples().back();
    for (double at = std::max(std::ceil(first), end); at <= last; ++at)
        mark(static_cast<std::uint64_t>(at), newest.index + (static_cast<std::uint64_t>(at) - newest.position), false);
    return marks;
}

std::optional<ValueTable> value_table(const View& view, std::uint64_t position,
                                      std::span<const DriftMeasure* const> measures) {
    const DriftSample* sample = view.history.at(position);
    if (!sample) return std::nullopt;
    std::vector<const DriftMeasure*> columns;
    for (const DriftMeasure* measure : measures)
        if (std::find(columns.begin(), columns.end(), measure) == columns.end()) columns.push_back(measure);

    ValueTable table;
    table.title = "Frame " + std::to_string(sample->index);
    if (view.world && view.world->rate > 0) {
        char time[32];
        const double seconds = std::round(10 * static_cast<double>(sample->index) / view.world->rate) / 10;
        if (seconds < 60) std::snprintf(time, sizeof time, ", %.1f s", seconds);
        else
            std::snprintf(time, sizeof time, ", %d:%04.1f min", static_cast<int>(seconds / 60), std::fmod(seconds, 60));
        table.title += time;
    }
    for (const DriftMeasure* measure : columns)
        table.columns.push_back(measure->label + (*measure->unit ? std::string(", ") + measure->unit : ""));
    for (const auto& [lane, drift] : sample->lanes)
        if (!view.layout.plots.hidden.contains(lane))
            table.rows.push_back(row(&drift, lane, sample->lanes.size() > 1 ? lane_name(lane) : "Dream", columns));
    if (const auto& ghost = view.history.ghost(); view.layout.ghost && !ghost.empty())
        if (position >= ghost.front().position && position <= ghost.back().position) {
            const int lane = ghost.front().main;
            const DriftSample& left = ghost[static_cast<std::size_t>(position - ghost.front().position)];
            table.rows.push_back(row(left.of(lane), lane, "Previous timeline", columns));
            table.rows.back().ghost = true;
        }
    table.changes = sample->marks;
    return table;
}

}  // namespace drift
