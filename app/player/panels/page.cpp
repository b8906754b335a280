#include "player/panels/page.h"

#include <algorithm>
#include <cmath>

#include "player/panels/widgets.h"

namespace drift {

bool begin_page(const View& view, const char* name, float widest, const Box& window, float tallest) {
    const float scale = static_cast<float>(view.layout.scale);
    ImGui::GetBackgroundDrawList()->AddRectFilled({0, 0}, {window.width, window.height}, colour(palette::back, 0.55f));
    const float width = std::min(widest * scale, window.width - 16),
                height = std::min(tallest * scale, window.height - 16);
    // In the middle of the display, as far as there is room above the status bar.
    const float middle = std::round((ImGui::GetIO().DisplaySize.y - height) / 2);
    ImGui::SetNextWindowPos(
        {std::round((window.width - width) / 2), std::max(8.0f, std::min(middle, window.height - 8 - height))});
    ImGui::SetNextWindowSize({width, height});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {22 * scale, 16 * scale});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, 10 * scale);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 1);
    ImGui::PushStyleVar(ImGuiStyleVar_CellPadding, {6 * scale, 3 * scale});
    ImGui::Begin(name, nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                     ImGuiWindowFlags_NoNav);
    ImGui::PushFont(fonts().figure);
    ImGui::TextUnformatted(name);
    ImGui::PopFont();
    ImGui::SameLine(0, 24 * scale);
    return ImGui::IsWindowAppearing();
}

bool end_page(const View& view, bool escapes) {
    // The click that opened it is no click elsewhere.
    const bool elsewhere = !ImGui::IsWindowAppearing() && clicked_elsewhere(view);
    ImGui::End();
    ImGui::PopStyleVar(4);
    return elsewhere || (escapes && ImGui::IsKeyPressed(ImGui::GetKeyIndex(ImGuiKey_Escape), false));
}

}  // namespace drift
