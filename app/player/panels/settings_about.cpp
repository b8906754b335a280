// Settings, "About": which Driftscope this is, and the licences of what it is built on.
#include <string>

#include "player/licences.h"
#include "player/panels/settings_parts.h"
#include "player/panels/widgets.h"

namespace drift {

void about_part(View& view) {
    ImGui::PushTextWrapPos(0);
    ImGui::TextUnformatted(view.settings_page.versions.c_str());
    ImGui::PopTextWrapPos();
    if (ImGui::Button("Copy")) ImGui::SetClipboardText(view.settings_page.versions.c_str());
    tooltip("Copies these lines, for a report.");
    ImGui::Dummy({0, 6 * static_cast<float>(view.layout.scale)});
    ImGui::PushFont(fonts().strong);
    ImGui::TextColored(palette::accent, "Built on");
    ImGui::PopFont();
    if (!ImGui::BeginTable("licences", 3, ImGuiTableFlags_RowBg)) return;
    ImGui::TableSetupColumn("name", ImGuiTableColumnFlags_WidthStretch, 1);
    ImGui::TableSetupColumn("licence", ImGuiTableColumnFlags_WidthStretch, 1.6f);
    ImGui::TableSetupColumn("where", ImGuiTableColumnFlags_WidthStretch, 1.6f);
    ImGui::PushTextWrapPos(0);
    for (const Licence& it : licences()) {
        ImGui::TableNextRow();
        ImGui::TableNextColumn();
        ImGui::TextWrapped("%s", it.name);
        ImGui::TableNextColumn();
        ImGui::TextWrapped("%s", it.licence);
        ImGui::TableNextColumn();
        ImGui::PushStyleColor(ImGuiCol_Text, palette::muted);
        ImGui::TextWrapped("%s", it.where);
        ImGui::PopStyleColor();
    }
    ImGui::PopTextWrapPos();
    ImGui::EndTable();
}

}  // namespace drift
