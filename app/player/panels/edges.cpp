// The edges of the panels, to be dragged; a double click brings the usual size back.
#include <algorithm>
#include <string>

#include "player/panels/panels.h"
#include "player/panels/widgets.h"

namespace drift {
namespace {

void edge(View& view, const Edge& it) {
    static float began = 0;  // what the side was when it was taken hold of
    const float scale = static_cast<float>(view.layout.scale);
    float& side = view.layout.reach.*it.side;
    ImGui::SetNextWindowPos({it.strip.x, it.strip.y});
    ImGui::SetNextWindowSize({it.strip.width, it.strip.height});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowMinSize, {1, 1});
    ImGui::Begin(it.upright ? (it.towards > 0 ? "left edge" : "right edge") : "upper edge", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                     ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoFocusOnAppearing);
    ImGui::PopStyleVar(2);
    ImGui::InvisibleButton("edge", {it.strip.width, it.strip.height});
    const bool reset = ImGui::IsItemHovered() && ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left);
    if (reset) side = Reach{}.*it.side;
    if (reset || ImGui::IsItemActivated()) began = std::clamp(side, it.least, std::max(it.least, it.most));
    if (ImGui::IsItemActive()) {
        const ImVec2 moved = ImGui::GetMouseDragDelta(ImGuiMouseButton_Left, 0);
        if (const float by = it.upright ? moved.x : moved.y; by != 0)
            side = std::clamp(began + it.towards * by / scale, it.least, std::max(it.least, it.most));
    }
    if (ImGui::IsItemHovered() || ImGui::IsItemActive()) {
        ImGui::SetMouseCursor(it.upright ? ImGuiMouseCursor_ResizeEW : ImGuiMouseCursor_ResizeNS);
        // Of the strip, the side that touches the panel.
        const float x = it.towards > 0 ? it.strip.x : it.strip.x + it.strip.width,
                    y = it.towards > 0 ? it.strip.y : it.strip.y + it.strip.height;
        const ImVec2 from = it.upright ? ImVec2{x, it.strip.y} : ImVec2{it.strip.x, y},
                     to = it.upright ? ImVec2{x, it.strip.y + it.strip.height} : ImVec2{it.strip.x + it.strip.width, y};
        ImGui::GetForegroundDrawList()->AddLine(from, to, colour(palette::accent), 2 * scale);
    }
    ImGui::End();
}

}  // namespace

void panel_edges(View& view, const Layout& layout) {
    if (view.waits() || view.layout.palette) return;  // a page lies over them
    for (const Edge& it : layout.edges)
        if (!layout.drawer || !it.upright || view.layout.drawer) edge(view, it);
}

}  // namespace drift
