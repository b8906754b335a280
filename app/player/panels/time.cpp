// The panel "Time": saved states, bookmarks, the previous timeline.
#include <cstdio>
#include <string>

#include "player/bookmarks.h"
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
        tooltip(used ? "Click (or press the key) to load this state with its lanes and settings. Right-click (or Ctrl "
                       "and the key) to overwrite it; undo brings the old one back."
                     : "Empty. Click (or press Ctrl and the key) to save this moment here.");
    }
    ImGui::PopStyleVar();
}

// True: the name is done.
bool name_field(Bookmark& mark) {
    char text[64];
    std::snprintf(text, sizeof text, "%s", mark.name.c_str());
    ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x);
    if (!ImGui::IsAnyItemActive()) ImGui::SetKeyboardFocusHere();
    const bool done =
        ImGui::InputTextWithHint("##name", "Its name, then Return", text, sizeof text,
                                 ImGuiInputTextFlags_EnterReturnsTrue | ImGuiInputTextFlags_AutoSelectAll);
    mark.name = text;
    return done || ImGui::IsItemDeactivated();
}

}  // namespace

void time_panel(View& view) {
    if (!view.world) return;
    ImGui::TextColored(palette::muted, "Saved states");
    slots(view);
    if (!view.history.ghost().empty() && !view.recording.watch) {
        ImGui::Checkbox("Show the previous timeline", &view.layout.ghost);
        tooltip(
            "You went back and played on. What happened the first time is shown beside the dream, and dimmed in the "
            "plots.");
        if (ImGui::Button("Return to the previous timeline", {ImGui::GetContentRegionAvail().x, 0}))
            view.acts.push_back(Act::previous_timeline);
        tooltip(("Goes on from the end of the timeline that you left (" + key_of(view, Act::previous_timeline) +
                 "). What you have played since stays in the time bar.")
                    .c_str());
    }
    if (ImGui::Button("Set a bookmark", {ImGui::GetContentRegionAvail().x, 0})) view.acts.push_back(Act::bookmark);
    tooltip(("Marks this frame on the time bar, so you can come back to it (" + key_of(view, Act::bookmark) + ").")
                .c_str());
    static int naming = -1;  // the bookmark whose name is being typed
    for (std::size_t i = 0; i < view.bookmarks.size(); ++i) {
        const Bookmark& mark = view.bookmarks[i];
        ImGui::PushID(static_cast<int>(i));
        bool here = on_timeline(view, mark);
        if (!here) ImGui::PushStyleColor(ImGuiCol_Text, palette::muted);
        if (static_cast<int>(i) == naming) {
            if (name_field(view.bookmarks[i])) naming = -1;
            ImGui::PopID();
            if (!here) ImGui::PopStyleColor();
            continue;
        }
        const std::string place = "Seed " + std::to_string(mark.seed) + ", frame " + std::to_string(mark.index);
        bool wanted = ImGui::Selectable(mark.name.empty() ? place.c_str() : (mark.name + "###bookmark").c_str());
        if (!here) ImGui::PopStyleColor();
        tooltip(((mark.name.empty() ? "" : place + ". ") +
                 (here ? "Click to go there. Right-click to name or remove it."
                       : "On an earlier timeline. Click to go back to it there. Right-click to name or remove it."))
                    .c_str());
        bool removed = false;
        if (ImGui::BeginPopupContextItem("bookmark menu")) {
            if (ImGui::MenuItem("Name it")) naming = static_cast<int>(i);
            if (ImGui::MenuItem("Remove")) removed = true;
            ImGui::EndPopup();
        }
        ImGui::PopID();
        if (wanted) go_to(view, mark);
        if (removed) {
            view.bookmarks.erase(view.bookmarks.begin() + static_cast<std::ptrdiff_t>(i));
            break;
        }
    }
}

}  // namespace drift
