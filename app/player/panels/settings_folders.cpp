// Settings, "Folders": where things lie and go; each can be typed, opened, and put back.
#include <string>

#include "core/error.h"
#include "files/folders.h"
#include "files/world_files.h"
#include "player/panels/settings_parts.h"
#include "player/panels/typed_field.h"
#include "player/panels/widgets.h"

namespace drift {
namespace {

void folder_row(View& view, const char* label, std::filesystem::path OwnFolders::*which,
                const std::filesystem::path& used, const std::string& note) {
    std::filesystem::path& own = view.preferences.folders.*which;
    const float gap = ImGui::GetStyle().ItemInnerSpacing.x;
    ImGui::PushID(label);
    row_label(view, label);
    ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x - button_width("Open") - button_width("Usual") - 2 * gap);
    const std::filesystem::path& shown = own.empty() ? used : own;
    if (const auto typed = text_field("##folder", printable(shown.string()))) try {
            if (typed->empty()) own.clear();
            else if (*typed != printable(shown.string())) own = typed_folder(*typed, which != &OwnFolders::worlds);
        } catch (const Error& error) {
            refuse("##folder", error.what());
        }
    ImGui::SameLine(0, gap);
    if (ImGui::Button("Open")) view.settings_page.folder = shown;
    tooltip("Shows the folder in the desktop's file manager; it is made where it is missing.");
    ImGui::SameLine(0, gap);
    ImGui::BeginDisabled(own.empty());
    if (ImGui::Button("Usual")) own.clear();
    ImGui::EndDisabled();
    tooltip("Back to the folder that the desktop keeps for this.");
    field_line("##folder");
    row_note(view, note);
    ImGui::PopID();
}

}  // namespace

void folders_part(View& view) {
    folder_row(view, "Recordings", &OwnFolders::recordings, videos_folder(),
               "Recordings and exported videos go here. Earlier ones in the usual folder stay in the list.");
    folder_row(view, "Pictures", &OwnFolders::pictures, pictures_folder(), "Pictures of the window.");
    folder_row(view, "Tables", &OwnFolders::tables, documents_folder(), "The drift as tables (CSV).");
    folder_row(view, "Worlds", &OwnFolders::worlds, worlds_folder(),
               "Worlds of your own: all that lie here are listed in the panel World.");
    folder_row(view, "Data", &OwnFolders::data, data_folder().value_or(std::filesystem::path()),
               "Logs of the last ten plays, and saved states. A change takes effect at the next start; what is there "
               "stays where it is.");
}

}  // namespace drift
