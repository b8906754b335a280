// The dock below the pictures: two plots of the drift, the film strip of a step, or a fan of futures.
#include <string>

#include "player/lanes.h"
#include "player/panels/drift_plot.h"
#include "player/panels/film_strip.h"
#include "player/panels/futures.h"
#include "player/panels/panels.h"
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

void plots(View& view) {
    float scale = static_cast<float>(view.layout.scale), width = ImGui::GetContentRegionAvail().x, gap = 12 * scale,
          half = (width - gap) / 2;
    bool two = half >= 240 * scale;
    float choice = std::min(190 * scale, half);
    float left = ImGui::GetCursorPosX();
    measure_choice(view, 0, choice);
    if (view.lanes.all.size() > 1 && two) legend(view);
    if (two) {
        ImGui::SameLine(left + half + gap);
        measure_choice(view, 1, choice);
    }
    float button = ImGui::CalcTextSize("CSV").x + 2 * ImGui::GetStyle().FramePadding.x;
    ImGui::SameLine(left + width - button);
    if (ImGui::Button("CSV")) view.acts.push_back(Act::export_table);
    tooltip(
        "Saves all measures of the frames shown as a table. In the plots: scroll to zoom, drag to pan, click to go to "
        "a frame, double-click to follow the play again.");
    float height = ImGui::GetContentRegionAvail().y;
    drift_plot(view, drift_measures()[view.layout.plots.measures[0]], {two ? half : width, height});
    if (!two) return;
    ImGui::SameLine(0, gap);
    ImGui::PushID("right");
    drift_plot(view, drift_measures()[view.layout.plots.measures[1]], {half, height});
    ImGui::PopID();
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
