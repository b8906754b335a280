// The panel "Lanes": the dreams that run side by side, and what each is for.
#include <cmath>
#include <string>

#include "player/lanes.h"
#include "player/panels/panels.h"
#include "player/panels/widgets.h"

namespace drift {
namespace {

const LaneStep* step_of(const View& view, int number) {
    if (view.step)
        for (const LaneStep& lane : view.step->lanes)
            if (lane.lane == number) return &lane;
    return nullptr;
}

// One small letter button; lit while `on`.
bool letter(const char* text, bool on, const char* meaning, float side) {
    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {0, ImGui::GetStyle().FramePadding.y});
    bool pressed = toggle(text, on, {side, 0});
    ImGui::PopStyleVar();
    tooltip(meaning);
    return pressed;
}

// True: it was removed, and the row is stale.
bool lane_row(View& view, Lane& lane) {
    float scale = static_cast<float>(view.layout.scale), side = ImGui::GetFrameHeight(), gap = 3 * scale;
    ImVec2 at = ImGui::GetCursorScreenPos();
    float width = ImGui::GetContentRegionAvail().x, buttons = 5 * side + 5 * gap;
    bool chosen = view.lanes.chosen == lane.number;
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    if (chosen)
        draw.AddRectFilled({at.x - 6 * scale, at.y - 2 * scale}, {at.x + width + 6 * scale, at.y + side + 2 * scale},
                           colour(palette::raised, 0.75f), 5 * scale);
    draw.AddCircleFilled({at.x + 6 * scale, at.y + side / 2}, 5 * scale, colour(lane_tone(lane.number)), 16);
    const LaneStep* shown = step_of(view, lane.number);
    std::string text = std::to_string(lane.number + 1);
    if (shown && shown->collapsed)
        text += view.has_map ? "  off map" : std::string("  ") + view.lost();  // the row is narrow
    else if (shown && !std::isnan(shown->drift.psnr) && view.step->index > 0)
        text += "  " + decimals(shown->drift.psnr, 1) + " dB";
    draw.AddText({at.x + 18 * scale, at.y + (side - ImGui::GetFontSize()) / 2},
                 colour(shown && shown->collapsed ? palette::coral : palette::text), text.c_str());
    if (ImGui::InvisibleButton("lane", {width - buttons, side})) choose_lane(view, lane.number);
    std::string label = lane_label(view, lane.number);
    tooltip((lane_name(lane.number) + (label.empty() ? "" : ": " + label) + "\nClick to edit this lane's sampler.")
                .c_str());
    int number = lane.number;
    ImGui::SameLine(0, gap);
    if (letter("###main", view.lanes.main == number,
               "Main lane: other lanes are compared with it, and the previous timeline is its own.", side))
        view.lanes.main = number;
    ImVec2 low = ImGui::GetItemRectMin(), high = ImGui::GetItemRectMax(),
           middle{(low.x + high.x) / 2, (low.y + high.y) / 2};
    float r = 4.5f * scale, pole = middle.x - r * 0.7f;  // a flag
    draw.AddLine({pole, middle.y - r}, {pole, middle.y + r * 1.2f}, colour(palette::text), 1.5f * scale);
    draw.AddTriangleFilled({pole, middle.y - r}, {middle.x + r, middle.y - r * 0.4f}, {pole, middle.y + r * 0.2f},
                           colour(palette::text));
    ImGui::SameLine(0, gap);
    if (letter("S", view.lanes.alone == number, "Solo: show only this lane. The others keep dreaming.", side))
        view.lanes.alone = view.lanes.alone == number ? -1 : number;
    ImGui::SameLine(0, gap);
    if (letter("M", lane.muted, "Mute: hide this lane. It keeps dreaming.", side)) lane.muted = !lane.muted;
    ImGui::SameLine(0, gap);
    bool truth = view.step && !view.step->truth.empty();
    ImGui::BeginDisabled(!truth);
    if (letter("T", false, "Back to the truth: the lane continues from the game's real last frames.", side))
        view.commands.push_back({Command::Kind::resync, static_cast<std::uint64_t>(number)});
    ImGui::EndDisabled();
    ImGui::SameLine(0, gap);
    ImGui::BeginDisabled(view.lanes.all.size() == 1);
    bool removed =
        letter("\u00d7", false, ("Remove this lane (" + key_of(view, Act::undo) + " brings it back).").c_str(), side);
    ImGui::EndDisabled();
    if (removed) remove_lane(view, number);
    return removed;
}

}  // namespace

void lanes_panel(View& view) {
    if (!view.world) return;
    for (std::size_t i = 0; i < view.lanes.all.size(); ++i) {
        ImGui::PushID(view.lanes.all[i].number);
        bool removed = lane_row(view, view.lanes.all[i]);
        ImGui::PopID();
        if (removed) break;
    }
    ImGui::BeginDisabled(view.lanes.all.size() >= most_lanes);
    if (ImGui::Button("Copy the chosen lane", {ImGui::GetContentRegionAvail().x, 0}))
        view.acts.push_back(Act::add_lane);
    ImGui::EndDisabled();
    tooltip(("Adds a dream beside this one: same keys, same noise, its own sampler from here on. Each lane adds one "
             "more dream's work (" +
             key_of(view, Act::add_lane) + ").")
                .c_str());
    if (view.lanes.all.size() > 1) {
        ImGui::Checkbox("Independent noise per lane", &view.lanes.own_noise);
        tooltip("Off: all lanes start each frame from the same noise, so any difference comes from the sampler.");
    }
}

}  // namespace drift
