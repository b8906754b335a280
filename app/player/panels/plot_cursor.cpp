#include "player/panels/plot_cursor.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "player/panels/widgets.h"
#include "player/plot_values.h"

namespace drift {
namespace {

// The frame under the mouse; a change of settings that is near draws it to itself, for its mark is only a line.
const DriftSample* under_mouse(const View& view, const PlotAxes& axes) {
    float mouse = ImGui::GetIO().MousePos.x, reach = 6 * static_cast<float>(view.layout.scale);
    const DriftSample* found =
        view.history.at(static_cast<std::uint64_t>(std::max(0.0, std::round(axes.position(mouse)))));
    for (const DriftSample& sample : view.history.samples()) {
        if (sample.marks.empty()) continue;
        float off = std::abs(axes.x(static_cast<double>(sample.position)) - mouse);
        if (off < reach) found = &sample, reach = off;
    }
    return found;
}

ImVec4 tone_of(const ValueTable::Row& row) { return row.ghost ? palette::muted : lane_tone(row.lane); }

void line_through(const View& view, const DriftPlot& plot, const DriftSample& sample) {
    const PlotAxes& axes = plot.axes;
    float scale = static_cast<float>(view.layout.scale), x = axes.x(static_cast<double>(sample.position));
    if (x < axes.from.x - 1 || x > axes.to.x + 1) return;
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    draw.AddLine({x, axes.from.y}, {x, axes.to.y}, colour(palette::text, 0.5f), scale);
    for (const auto& [lane, drift] : sample.lanes) {
        double value = drift.*plot.measure->value;
        if (!std::isfinite(value) || view.layout.plots.hidden.contains(lane)) continue;
        draw.AddCircleFilled({x, axes.y(value)}, 4 * scale, colour(palette::back), 16);
        draw.AddCircleFilled({x, axes.y(value)}, 3 * scale, colour(lane_tone(lane)), 16);
    }
}

void values(const ValueTable& table, float scale) {
    auto columns = static_cast<int>(table.columns.size());
    ImGui::PushStyleVar(ImGuiStyleVar_CellPadding, {5 * scale, 1 * scale});
    if (ImGui::BeginTable("values", columns + 1, ImGuiTableFlags_SizingFixedFit | ImGuiTableFlags_NoHostExtendX)) {
        ImGui::TableNextRow();
        for (int c = 0; c < columns; ++c) {
            ImGui::TableSetColumnIndex(c + 1);
            ImGui::TextColored(palette::muted, "%s", table.columns[static_cast<std::size_t>(c)].c_str());
        }
        for (const ValueTable::Row& row : table.rows) {
            ImGui::TableNextRow();
            ImGui::TableSetColumnIndex(0);
            ImGui::TextColored(tone_of(row), "%s", row.name.c_str());
            for (int c = 0; c < columns; ++c) {  // below each other by their points: right-aligned under the heading
                ImGui::TableSetColumnIndex(c + 1);
                const std::string& cell = row.cells[static_cast<std::size_t>(c)];
                float heading = ImGui::CalcTextSize(table.columns[static_cast<std::size_t>(c)].c_str()).x;
                ImGui::SetCursorPosX(ImGui::GetCursorPosX() +
                                     std::max(0.0f, heading - ImGui::CalcTextSize(cell.c_str()).x));
                ImGui::TextColored(tone_of(row), "%s", cell.c_str());
            }
        }
        ImGui::EndTable();
    }
    ImGui::PopStyleVar();
}

}  // namespace

void plot_cursor(const View& view, std::span<const DriftPlot> plots) {
    auto hovered = std::find_if(plots.begin(), plots.end(), [](const DriftPlot& plot) { return plot.hovered; });
    if (hovered == plots.end()) return;
    const DriftSample* sample = under_mouse(view, hovered->axes);
    if (!sample) return;
    std::vector<const DriftMeasure*> measures;
    for (const DriftPlot& plot : plots) {
        line_through(view, plot, *sample);
        measures.push_back(plot.measure);
    }
    auto table = value_table(view, sample->position, measures);
    if (!table) return;
    // Above the plots, where it hides none of them; at their left end it begins, at their right end it ends with the line.
    float scale = static_cast<float>(view.layout.scale), x = hovered->axes.x(static_cast<double>(sample->position));
    float left = plots.front().axes.from.x, share = (x - left) / (plots.back().axes.to.x - left);
    ImGui::SetNextWindowPos({x, hovered->axes.from.y - 2 * scale}, ImGuiCond_Always,
                            {std::clamp(share, 0.0f, 1.0f), 1});
    ImGui::PushFont(fonts().small);
    ImGui::BeginTooltip();
    ImGui::PushFont(fonts().strong);
    ImGui::TextUnformatted(table->title.c_str());
    ImGui::PopFont();
    values(*table, scale);
    ImGui::PushTextWrapPos(ImGui::GetFontSize() * 24);
    for (const std::string& change : table->changes) ImGui::TextColored(palette::amber, "%s", change.c_str());
    ImGui::PopTextWrapPos();
    ImGui::EndTooltip();
    ImGui::PopFont();
}

}  // namespace drift
