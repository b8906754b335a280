// The panel "Time": saved states, bookmarks, the future that was left.
#include <string>

#include "player/panels/panels.h"
#include "player/panels/widgets.h"

namespace drift {
namespace {

void slots(View& view) {
    float gap = 3 * static_cast<float>(view.layout.scale), side = (ImGui::GetContentRegionAvail().x - 8 * gap) / 9;
    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {0, ImGui::GetStyle().FramePadding.y});
    for (int slot = 1; slot <= 9; ++slot) {
        if (slot > 1) ImGui::SameLine(0, gap);
        bool used = view.slots.contains(slot);
        if (toggle(std::to_string(slot).c_str(), used, {side, 0})) view.slot_wishes.push_back({slot, !used});
        if (ImGui::IsItemClicked(1)) view.slot_wishes.push_back({slot, true});
        tooltip(used ? "A click (or the key) brings this state back, with its lanes and settings. A right click (Ctrl and the key) saves over it."
                     : "Empty. A click (Ctrl and the key) saves this moment here.");
    }
    ImGui::PopStyleVar();
}

}  // namespace

void time_panel(View& view) {
    if (!view.world) return;
    ImGui::TextColored(palette::muted, "Saved states");
    slots(view);
    if (!view.history.ghost().empty() && !view.recording.watch) {
        ImGui::Checkbox("Show the future left behind", &view.layout.ghost);
        tooltip("You went back and played on: what came after, before, is shown beside the dream and dimmed in the plots.");
    }
    if (ImGui::Button("Set a bookmark", {ImGui::GetContentRegionAvail().x, 0})) view.acts.push_back(Act::bookmark);
    tooltip("Marks this step on the bar of time (M), to come back to.");
    for (std::size_t i = 0; i < view.bookmarks.size(); ++i) {
        const Bookmark& mark = view.bookmarks[i];
        ImGui::PushID(static_cast<int>(i));
        if (ImGui::Selectable(("Seed " + std::to_string(mark.seed) + ", step " + std::to_string(mark.index)).c_str())) {
            view.pause(true);
            view.commands.push_back({Command::Kind::seek_to, mark.position});
        }
        tooltip("A click goes there, a right click removes it.");
        bool removed = ImGui::IsItemClicked(1);
        ImGui::PopID();
        if (removed) {
            view.bookmarks.erase(view.bookmarks.begin() + static_cast<std::ptrdiff_t>(i));
            break;
        }
    }
}

}  // namespace drift
