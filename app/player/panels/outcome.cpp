// In the panel "Truth": what a world without a game says of itself: reward, end, and what its own player would do.
#include <string>

#include "core/error.h"
#include "player/panels/outcome.h"
#include "player/panels/widgets.h"

namespace drift {
namespace {

// One line for each action: its name, a bar as long as it is likely.
void policy_bars(const View& view, const Outcome& outcome) {
    float scale = static_cast<float>(view.layout.scale), height = ImGui::GetTextLineHeight(), names = 104 * scale;
    const auto& entries = view.world->actions.entries;
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    ImGui::PushFont(fonts().small);
    for (std::size_t i = 0; i < outcome.policy.size() && i < entries.size(); ++i) {
        ImVec2 at = ImGui::GetCursorScreenPos();
        float width = ImGui::GetContentRegionAvail().x - names;
        bool taken = view.step && view.step->network_action == static_cast<int>(i) && view.playback.policy;
        ImGui::TextColored(taken ? palette::text : palette::muted, "%s", printable(entries[i].name).c_str());
        draw.AddRectFilled({at.x + names, at.y + 0.2f * height}, {at.x + names + width, at.y + 0.8f * height}, colour(palette::back), 2 * scale);
        draw.AddRectFilled({at.x + names, at.y + 0.2f * height}, {at.x + names + width * outcome.policy[i], at.y + 0.8f * height}, colour(taken ? palette::accent : palette::accent_deep), 2 * scale);
    }
    ImGui::PopFont();
}

}  // namespace

void outcome_rows(View& view) {
    const WorldInfo& world = *view.world;
    const Outcome none, &outcome = view.step && view.step->main_lane().outcome ? *view.step->main_lane().outcome : none;
    if (world.rewards) {
        figure(decimals(outcome.total, 0), "", "return");
        ImGui::SameLine(ImGui::GetStyle().WindowPadding.x + ImGui::GetContentRegionAvail().x * 0.5f);
        figure(outcome.reward > 0 ? "+1" : outcome.reward < 0 ? "-1" : "0", "", "this step's reward", outcome.reward > 0 ? palette::accent : outcome.reward < 0 ? palette::coral : palette::muted);
        ImGui::Checkbox("An ended episode starts again", &view.playback.restart_at_end);
        tooltip("Where the network says that the episode ended, the next one begins: of the next seed, or of the same where it is locked. Off: the dream goes on.");
        if (outcome.ended) ImGui::TextColored(palette::amber, "It ended with this step.");
    }
    if (world.policy) {
        if (toggle(view.playback.policy ? "Its own player has the keys###policy" : "Hand the keys to its own player###policy", view.playback.policy, {ImGui::GetContentRegionAvail().x, 0})) view.acts.push_back(Act::hand_over);
        tooltip("The policy that was trained with this world (O). Below: how likely it would take each action now, and what it expects yet to earn.");
        fact("Value", decimals(outcome.value, 2));
        policy_bars(view, outcome);
    }
}

void low_row(View& view) {
    if (view.world->low_width == 0) return;
    std::string size = std::to_string(view.world->low_width) + " x " + std::to_string(view.world->low_height);
    if (toggle(("Small frame, " + size + "###low").c_str(), view.layout.low, {ImGui::GetContentRegionAvail().x, 0})) view.layout.low = !view.layout.low;
    tooltip("Show the small frame that the large one was made from beside it.");
    if (!view.takes_mouse()) return;
    ImGui::AlignTextToFramePadding();
    ImGui::TextColored(palette::muted, "Mouse");
    ImGui::SameLine(0, ImGui::GetStyle().ItemSpacing.x * 1.5f);
    ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x);
    ImGui::SliderFloat("##sensitivity", &view.sensitivity, 0.5f, 40, "%.1f times", ImGuiSliderFlags_Logarithmic);
    tooltip("Sensitivity: what the network counts for a pixel of motion. A click on the picture captures the mouse, Esc frees it.");
}

}  // namespace drift
