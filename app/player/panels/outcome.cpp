// In the panel "Truth": what a world without a game says of itself: reward, end, and what its own player would do.
#include <string>

#include "core/error.h"
#include "player/panels/outcome.h"
#include "player/panels/typed_field.h"
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
        draw.AddRectFilled({at.x + names, at.y + 0.2f * height}, {at.x + names + width, at.y + 0.8f * height},
                           colour(palette::back), 2 * scale);
        draw.AddRectFilled({at.x + names, at.y + 0.2f * height},
                           {at.x + names + width * outcome.policy[i], at.y + 0.8f * height},
                           colour(taken ? palette::accent : palette::accent_deep), 2 * scale);
    }
    ImGui::PopFont();
}

std::string share_text(std::uint32_t agreed, std::uint32_t all) {
    return std::to_string(agreed) + " of " + std::to_string(all);
}

// The same of the real game, and how often both said it.
void real_outcome(const View& view) {
    if (!view.step || !view.step->truth_outcome) return;
    const GameOutcome& real = *view.step->truth_outcome;
    const Agreement& agreement = view.step->main_lane().agreement;
    fact("Real reward",
         real.reward == 0 ? "0" : (real.reward > 0 ? "+" : "") + decimals(static_cast<double>(real.reward), 0));
    fact("Rewards agree", share_text(agreement.rewards_agreed, agreement.rewards));
    tooltip(("Of this episode's " + std::to_string(agreement.steps) +
             " frames, those where the dream or the real game gave a reward: how often both gave one of the same sign.")
                .c_str());
    fact("Ends agree", share_text(agreement.ends_agreed, agreement.ends));
    tooltip("Likewise of ends. A lost life counts as an end: DIAMOND's networks learned it so.");
    if (real.end || real.life_lost)
        ImGui::TextColored(palette::amber,
                           real.end ? "The real game ended with this frame." : "A life was lost in the real game.");
}

}  // namespace

void outcome_rows(View& view) {
    const WorldInfo& world = *view.world;
    const Outcome none, &outcome = view.step && view.step->main_lane().outcome ? *view.step->main_lane().outcome : none;
    if (world.rewards) {
        figure(decimals(outcome.total, 0), "", "return");
        ImGui::SameLine(ImGui::GetStyle().WindowPadding.x + ImGui::GetContentRegionAvail().x * 0.5f);
        figure(outcome.reward > 0   ? "+1"
               : outcome.reward < 0 ? "-1"
                                    : "0",
               "", "this frame's reward",
               outcome.reward > 0   ? palette::accent
               : outcome.reward < 0 ? palette::coral
                                    : palette::muted);
        real_outcome(view);
        ImGui::Checkbox("Start a new episode at the end", &view.playback.restart_at_end);
        tooltip(
            "When the network says the episode has ended, a new one starts with the next seed (or the same one, if it "
            "is locked). Off: the dream goes on.");
        if (outcome.ended) ImGui::TextColored(palette::amber, "The episode ended with this frame.");
    }
    if (world.policy) {
        if (toggle(view.playback.policy ? "The world's player has control###policy"
                                        : "Let the world's player play###policy",
                   view.playback.policy, {ImGui::GetContentRegionAvail().x, 0}))
            view.acts.push_back(Act::hand_over);
        tooltip(("The policy that was trained with this world (" + key_of(view, Act::hand_over) +
                 "). Below: how likely each action is now, and how much reward it still expects.")
                    .c_str());
        if (view.step && !view.step->truth.empty()) {
            ImGui::Checkbox("It looks at the real game", &view.playback.policy_sees_truth);
            tooltip("On: it chooses keys by the real game's picture, and so plays the real game. Off: by the dream's.");
        }
        fact("Value", decimals(outcome.value, 2));
        policy_bars(view, outcome);
    }
}

void low_row(View& view) {
    if (view.world->low_width == 0) return;
    std::string size = std::to_string(view.world->low_width) + " x " + std::to_string(view.world->low_height);
    if (toggle(("Small frame, " + size + "###low").c_str(), view.layout.low, {ImGui::GetContentRegionAvail().x, 0}))
        view.layout.low = !view.layout.low;
    tooltip("Shows the small frame that the large one was made from, beside it.");
    if (!view.takes_mouse()) return;
    ImGui::AlignTextToFramePadding();
    ImGui::TextColored(palette::muted, "Mouse");
    ImGui::SameLine(0, ImGui::GetStyle().ItemSpacing.x * 1.5f);
    ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x);
    double sensitivity = static_cast<double>(view.sensitivity);
    if (number_slider("##sensitivity", sensitivity, {0.5, 40, false, true, "\u00d7%.1f"}))
        view.sensitivity = static_cast<float>(sensitivity);
    tooltip(
        "Mouse sensitivity: how much motion the network sees for each pixel. Click the picture to capture the mouse; "
        "Esc frees it. Ctrl+click to type a value.");
    field_line("##sensitivity");
}

}  // namespace drift
