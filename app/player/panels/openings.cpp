// In the panel "World": small pictures of what it can begin with; a click begins there.
#include <algorithm>
#include <string>

#include "player/drift_history.h"
#include "player/panels/openings.h"
#include "player/panels/widgets.h"

namespace drift {

void opening_pictures(View& view, TextureShelf& shelf) {
    constexpr std::size_t columns = 4;
    constexpr std::uint64_t shelf_place = 0x4f00000000000000;  // keys of these on the shelf
    if (view.openings.size() < 2 || !view.step) return;
    ImGui::TextColored(palette::muted, "Start from");
    const float gap = 4 * static_cast<float>(view.layout.scale),
                width = (ImGui::GetContentRegionAvail().x - gap * (columns - 1)) / columns;
    const Frame& first = view.openings.front();
    const float height = width * static_cast<float>(first.height) / static_cast<float>(std::max(1, first.width));
    const std::size_t chosen = view.step->seed % view.openings.size(),
                      rows = (view.openings.size() + columns - 1) / columns;
    const float shown = static_cast<float>(std::min<std::size_t>(rows, 3)) * (height + gap);
    ImGui::BeginChild("openings", {0, shown}, false, rows > 3 ? 0 : ImGuiWindowFlags_NoScrollbar);
    for (std::size_t i = 0; i < view.openings.size(); ++i) {
        if (i % columns) ImGui::SameLine(0, gap);
        ImGui::PushID(static_cast<int>(i));
        ImVec2 at = ImGui::GetCursorScreenPos();
        ImGui::Image(shelf.texture(shelf_place + i, 0, view.openings[i]), {width, height});
        if (ImGui::IsItemClicked()) view.commands.push_back({Command::Kind::set_seed, i});
        tooltip(("Start from opening " + std::to_string(i) + " (seed " + std::to_string(i) + ").").c_str());
        if (i == chosen)
            ImGui::GetWindowDrawList()->AddRect(at, {at.x + width, at.y + height}, colour(palette::accent), 0, 0,
                                                2 * static_cast<float>(view.layout.scale));
        ImGui::PopID();
    }
    ImGui::EndChild();
}

}  // namespace drift
