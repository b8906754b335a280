// The page "Training" over the picture: how the world that plays was trained, or is being trained, as driftlab draws it into its folder.
#include <algorithm>

#include "player/gl/texture_shelf.h"
#include "player/panels/page.h"
#include "player/panels/panels.h"
#include "player/panels/widgets.h"

namespace drift {
namespace {

constexpr std::uint64_t shelf_place = 1u << 24;

}  // namespace

void training_page(View& view, const Box& window, TextureShelf& shelf) {
    TrainingPage& page = view.training;
    if (!page.open) return;
    const float scale = static_cast<float>(view.layout.scale);
    begin_page(view, "Training", 1244, window, 900);
    ImGui::AlignTextToFramePadding();
    const float button = button_width("Play the newest weights");
    const std::string rest = "The game waits. The page is renewed at each evaluation.";
    ImGui::TextColored(palette::muted, "%s",
                       fitted(rest, ImGui::GetContentRegionAvail().x - button - 16 * scale).c_str());
    ImGui::SameLine(ImGui::GetWindowWidth() - button - ImGui::GetStyle().WindowPadding.x);
    if (ImGui::Button("Play the newest weights")) {
        view.commands.push_back({Command::Kind::open_world, 0, view.world_file});
        view.acts.push_back(Act::training_page);
    }
    tooltip("Opens this world again, as the training has saved it last.");
    const ImVec2 room = ImGui::GetContentRegionAvail();
    const float fit = std::min(
        {room.x / static_cast<float>(page.picture.width), room.y / static_cast<float>(page.picture.height), scale});
    const ImVec2 size{fit * static_cast<float>(page.picture.width), fit * static_cast<float>(page.picture.height)};
    ImGui::SetCursorPosX(ImGui::GetCursorPosX() + (room.x - size.x) / 2);
    ImGui::Image(shelf.texture(shelf_place, page.version, page.picture), size);
    if (end_page(view, false)) view.acts.push_back(Act::training_page);
}

}  // namespace drift
