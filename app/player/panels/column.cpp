// A side column: its sections below each other, and the window that holds them.
#include <cmath>
#include <string>

#include "player/panels/panels.h"
#include "player/panels/widgets.h"

namespace drift {
namespace {

void draw_section(View& view, Section which, TextureShelf& shelf) {
    switch (which) {
        case Section::sampler: return sampler_panel(view);
        case Section::lanes: return lanes_panel(view);
        case Section::time: return time_panel(view);
        case Section::recording: return recording_panel(view);
        case Section::truth: return truth_panel(view);
        case Section::speed: return speed_panel(view);
        case Section::world: return world_panel(view, shelf);
    }
}

constexpr int in_drawer = 9;  // the number of that column

}  // namespace

void draw_column(View& view, const Column& column, int number, TextureShelf& shelf) {
    ImGui::SetNextWindowPos({column.box.x, column.box.y});
    ImGui::SetNextWindowSize({column.box.width, column.box.height});
    ImGuiWindowFlags flags = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                             ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoNav;
    if (number != in_drawer) flags |= ImGuiWindowFlags_NoBringToFrontOnFocus;  // that one lies over picture and dock
    ImGui::Begin(("column " + std::to_string(number)).c_str(), nullptr, flags & ~ImGuiWindowFlags_NoScrollbar);
    for (Section which : column.sections)
        if (section(view, which)) draw_section(view, which, shelf);
    ImGui::End();
}

void drawer(View& view, const Column& column, const Box& handle, TextureShelf& shelf) {
    float scale = static_cast<float>(view.layout.scale), side = handle.width;
    if (view.layout.drawer) draw_column(view, column, in_drawer, shelf);
    // Where there is no toolbar it stands over the picture, and beside the open drawer if there is room.
    bool over = handle.y >= column.box.y;
    float beside = column.box.x - handle.width - (column.box.x + column.box.width - handle.x - handle.width);
    ImGui::SetNextWindowPos({over && view.layout.drawer && beside > 0 ? beside : handle.x, handle.y});
    ImGui::SetNextWindowSize({side, side});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowMinSize, {1, 1});
    ImGui::Begin("handle of the drawer", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                     ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoFocusOnAppearing);
    ImGui::PopStyleVar(2);
    ImVec2 at = ImGui::GetCursorScreenPos();
    if (toggle("##drawer", view.layout.drawer, {side, side})) view.layout.drawer = !view.layout.drawer;
    tooltip(
        ((view.layout.drawer ? "Close the panels (" : "Open the panels (") + key_of(view, Act::panels) + ")").c_str());
    for (float y : {0.32f, 0.5f, 0.68f})
        ImGui::GetWindowDrawList()->AddLine({at.x + side * 0.27f, at.y + side * y},
                                            {at.x + side * 0.73f, at.y + side * y}, colour(palette::text),
                                            1.8f * scale);
    ImGui::End();
}

}  // namespace drift
