// The dock below the pictures: two plots of the drift, the film strip of a step, or a fan of futures.
#include <string>
#include <vector>

#include "player/lanes.h"
#include "player/panels/drift_plot.h"
#include "player/panels/film_strip.h"
#include "player/panels/futures.h"
#include "player/panels/panels.h"
#include "player/panels/plot_cursor.h"
#include "player/panels/widgets.h"

namespace drift {
namespace {

void measure_choice(View& view, int plot, float width) {
    std::size_t& chosen = view.layout.plots.measures[plot];
    const auto measures = drift_measures();
    ImGui::SetNextItemWidth(width);
    if (ImGui::BeginCombo(plot == 0 ? "##left" : "##right", measures[chosen].label, ImGuiComboFlags_HeightLarge)) {
        for (std::size_t i = 0; i < measures.size(); ++i) {
            bool known = !measures[i].needs_truth || (view.step && !view.step->truth.empty());
            if (ImGui::Selectable(measures[i].label, i == chosen, known ? 0 : ImGuiSelectableFlags_Disabled))
                chosen = i;
            tooltip(measures[i].meaning);
        }
        ImGui::EndCombo();
    } else {
        tooltip(measures[chosen].meaning);
    }
}

float legend_width(const View& view) {
    float width = 0, frame = 2 * ImGui::GetStyle().FramePadding.x + 4 * static_cast<float>(view.layout.scale);
    for (const Lane& lane : view.lanes.all)
        width += ImGui::CalcTextSize(std::to_string(lane.number + 1).c_str()).x + frame;
    return width;
}

void legend(View& view) {
    for (const Lane& lane : view.lanes.all) {
        ImGui::SameLine(0, 4 * static_cast<float>(view.layout.scale));
        bool hidden = view.layout.plots.hidden.contains(lane.number);
        ImGui::PushStyleColor(ImGuiCol_Text, hidden ? palette::muted : lane_tone(lane.number));
        if (ImGui::Button(std::to_string(lane.number + 1).c_str()))
            hidden ? void(view.layout.plots.hidden.erase(lane.number))
                   : void(view.layout.plots.hidden.insert(lane.number));
        ImGui::PopStyleColor();
        tooltip(hidden ? "Show this lane in the plots" : "Hide this lane in the plots");
    }
}

// At the right end of the line: what is shown as a table, how to zoom, and back from it. Returns where they begin.
float buttons(View& view, float right) {
    const float gap = ImGui::GetStyle().ItemInnerSpacing.x, frame = 2 * ImGui::GetStyle().FramePadding.x;
    const bool zoomed = !view.layout.plots.follows();
    auto width = [&](const char* label) { return ImGui::CalcTextSize(label).x + frame; };
    const float from = right - width("CSV") - gap - width("?") - (zoomed ? width("Reset") + gap : 0);
    ImGui::SameLine(from);
    if (zoomed) {
        if (ImGui::Button("Reset")) view.layout.plots.follow();
        tooltip("Shows the newest 300 frames again, and follows the play. A double click in a plot does the same.");
        ImGui::SameLine(0, gap);
    }
    if (ImGui::Button("CSV")) view.acts.push_back(Act::export_table);
    tooltip("Saves all measures of the frames shown as a table.");
    ImGui::SameLine(0, gap);
    ImGui::Button("?");
    tooltip(
        "In a plot:\nScroll to zoom in or out at the mouse.\nDrag to go back and forth in time.\nDouble-click to show "
        "the newest 300 frames again.\nClick to go to a frame.\nPoint at a frame to read the values of all lanes.");
    return from - gap;
}

void plots(View& view) {
    float scale = static_cast<float>(view.layout.scale), width = ImGui::GetContentRegionAvail().x, gap = 12 * scale,
          half = (width - gap) / 2;
    bool two = half >= 240 * scale;
    float choice = std::min(190 * scale, half), left = ImGui::GetCursorPosX(), second = left + half + gap;
    float end = buttons(view, left + width), room = two ? half : end - left;
    float lanes = view.lanes.all.size() > 1 ? legend_width(view) : 0;
    if (room - lanes < 110 * scale) lanes = 0;
    ImGui::SameLine(left);
    measure_choice(view, 0, std::min(choice, room - lanes));
    if (lanes > 0) legend(view);
    if (two) {
        ImGui::SameLine(second);
        measure_choice(view, 1, std::min(choice, end - second));
    }
    float height = ImGui::GetContentRegionAvail().y;
    std::vector<DriftPlot> shown;
    auto plot = [&](int which, float across) {
        ImGui::PushID(which);
        if (auto it = drift_plot(view, drift_measures()[view.layout.plots.measures[which]], {across, height}))
            shown.push_back(*it);
        ImGui::PopID();
    };
    plot(0, two ? half : width);
    if (two) {
        ImGui::SameLine(0, gap);
        plot(1, half);
    }
    plot_cursor(view, shown);
}

}  // namespace

void dock(View& view, const Box& box, TextureShelf& shelf) {
    if (box.height <= 0 || !view.step) return;
    float scale = static_cast<float>(view.layout.scale);
    ImGui::SetNextWindowPos({box.x, box.y});
    ImGui::SetNextWindowSize({box.width, box.height});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {12 * scale, 8 * scale});
    ImGui::Begin("dock", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                     ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoNav |
                     ImGuiWindowFlags_NoScrollWithMouse);
    ImGui::PopStyleVar();
    switch (view.layout.dock) {
        case Dock::film: film_strip(view, shelf); break;
        case Dock::futures: futures(view, shelf); break;
        default: plots(view);
    }
    ImGui::End();
}

}  // namespace drift
