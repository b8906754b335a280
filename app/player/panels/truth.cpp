// The panel "Truth": the real game with the same seed and keys, and how far the dream is from it.
#include "player/panels/difference_row.h"
#include "player/panels/outcome.h"
#include "player/panels/panels.h"
#include "player/panels/widgets.h"

namespace drift {

void truth_panel(View& view) {
    if (!view.world) return;
    if (view.step && view.step->truth.empty()) {
        ImGui::PushTextWrapPos(0);
        ImGui::TextColored(palette::muted, "This world has no game to compare with.");
        ImGui::PopTextWrapPos();
        low_row(view);
        outcome_rows(view);
        return;
    }
    if (toggle(view.layout.truth ? "Shown beside the dream###truth" : "Show beside the dream###truth", view.layout.truth,
               {ImGui::GetContentRegionAvail().x, 0}))
        view.acts.push_back(Act::truth);
    tooltip("The real game, played with the same seed and the same keys.");
    difference_row(view, view.lanes.all.size() > 1);
    const Meters& meters = view.meters;
    bool some = !meters.psnr().empty();
    figure(some ? decimals(meters.psnr_now(), 1) : "...", "dB", "PSNR of this frame");
    ImGui::SameLine(ImGui::GetStyle().WindowPadding.x + ImGui::GetContentRegionAvail().x * 0.5f);
    figure(some ? decimals(meters.psnr_mean(), 1) : "...", "dB", "this episode's mean", palette::muted);
    series(view, {"psnr", 46, 10, 60, palette::accent, "dB", 30, "30 dB"}, meters.psnr(), Meters::kept);
}

}  // namespace drift
