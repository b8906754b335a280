// The panel "Truth": the real game with the same seed and keys, and how far the dream is from it.
#include <cmath>
#include <string>

#include "player/panels/difference_row.h"
#include "player/panels/outcome.h"
#include "player/panels/panels.h"
#include "player/panels/series.h"
#include "player/panels/widgets.h"

namespace drift {

void truth_panel(View& view) {
    if (!view.world) return;
    if (view.step && view.step->truth.empty()) {
        ImGui::PushTextWrapPos(0);
        const std::string& lost = view.step->truth_lost;
        if (lost.empty())
            ImGui::TextColored(palette::muted, "%s",
                               view.world->game.empty() ? "This world has no game to compare with."
                                                        : "The real game is not here: see World.");
        else
            ImGui::TextColored(palette::amber,
                               view.world->recorded ? "The dream goes on without the recording: %s"
                                                    : "The real game has stopped (%s). The dream plays on.",
                               lost.c_str());
        ImGui::PopTextWrapPos();
        if (!lost.empty() && !view.world->recorded) {
            if (ImGui::Button("Start it again", {ImGui::GetContentRegionAvail().x, 0}))
                view.acts.push_back(Act::restart_game);
            tooltip("Starts the real game anew and plays it up to this moment with the same seed and keys.");
        }
        unsure_toggle(view);
        low_row(view);
        outcome_rows(view);
        return;
    }
    if (toggle(view.layout.truth ? "Shown beside the dream###truth" : "Show beside the dream###truth",
               view.layout.truth, {ImGui::GetContentRegionAvail().x, 0}))
        view.acts.push_back(Act::truth);
    tooltip(view.world->recorded ? "Recorded play, beside its dream with the same keys."
                                 : "The real game, played with the same seed and keys.");
    if (view.world->recorded) {
        if (toggle(
                view.playback.policy ? "The recording has control###recording" : "Let the recording play###recording",
                view.playback.policy, {ImGui::GetContentRegionAvail().x, 0}))
            view.acts.push_back(Act::hand_over);
        tooltip(("Whose keys count: those that were recorded, or yours (" + key_of(view, Act::hand_over) +
                 "). With other keys than the recording's the dream goes on alone; rewind to have it back.")
                    .c_str());
    }
    difference_row(view, view.lanes.all.size() > 1);
    // All of it is of the frame that is shown and of the chosen lane.
    const LaneStep* lane = nullptr;
    if (view.step)
        for (const LaneStep& each : view.step->lanes)
            if (each.lane == view.lanes.chosen) lane = &each;
    DriftHistory::Episode episode = view.history.episode(view.lanes.chosen, Meters::kept);
    bool known = lane && view.step->index > 0 && !std::isnan(lane->drift.psnr), several = view.lanes.all.size() > 1;
    std::string of = several ? ", lane " + std::to_string(view.lanes.chosen + 1) : " of this frame";
    figure(known ? decimals(lane->drift.psnr, 1) : "...", "dB", ("PSNR" + of).c_str());
    ImGui::SameLine(ImGui::GetStyle().WindowPadding.x + ImGui::GetContentRegionAvail().x * 0.5f);
    figure(!episode.psnr.empty() ? decimals(episode.mean, 1) : "...", "dB", "episode mean", palette::muted);
    series(view, {"psnr", 56, 10, 60, palette::accent, "dB", 30, "30 dB", view.step ? view.step->index : 0},
           episode.psnr, Meters::kept);
    outcome_rows(view);  // what the world says itself, where it says more than a picture
}

}  // namespace drift
