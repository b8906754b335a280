// The help overlay: every key, from the table of bindings and the world's own actions.
#include <string>

#include "core/error.h"
#include "player/panels/panels.h"
#include "player/panels/widgets.h"

namespace drift {
namespace {

// Keys as caps beside each other.
void key_caps(const std::vector<std::string>& keys, float scale) {
    ImGui::PushFont(fonts().small);
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    for (const std::string& key : keys) {
        std::string name = printable(key);
        ImVec2 at = ImGui::GetCursorScreenPos(), text = ImGui::CalcTextSize(name.c_str());
        ImVec2 size{std::max(text.x + 14 * scale, text.y + 8 * scale), text.y + 7 * scale};
        draw.AddRectFilled(at, {at.x + size.x, at.y + size.y}, colour(palette::raised), 4 * scale);
        draw.AddRect(at, {at.x + size.x, at.y + size.y}, colour(palette::line), 4 * scale, 0, scale);
        draw.AddText({at.x + (size.x - text.x) / 2, at.y + (size.y - text.y) / 2}, colour(palette::text), name.c_str());
        ImGui::Dummy(size);
        ImGui::SameLine(0, 5 * scale);
    }
    ImGui::NewLine();
    ImGui::PopFont();
}

// World's keys are places: what stands on them here.
std::vector<std::string> shown(const View& view, std::vector<std::string> keys) {
    for (std::string& key : keys) key = view.keyboard.shown(key);
    return keys;
}

void row(const std::vector<std::string>& keys, const std::string& meaning, float scale) {
    ImGui::TableNextRow();
    ImGui::TableNextColumn();
    key_caps(keys, scale);
    ImGui::TableNextColumn();
    ImGui::PushTextWrapPos(0);
    ImGui::TextUnformatted(meaning.c_str());
    ImGui::PopTextWrapPos();
}

}  // namespace

void help_overlay(View& view, const Box& window) {
    if (!view.layout.help) return;
    float scale = static_cast<float>(view.layout.scale);
    ImGui::GetBackgroundDrawList()->AddRectFilled({0, 0}, {window.width, window.height}, colour(palette::back, 0.55f));
    float width = std::min(620 * scale, window.width - 8), height = window.height - 16;
    ImGui::SetNextWindowPos({window.width / 2, window.height / 2}, ImGuiCond_Always, {0.5f, 0.5f});
    ImGui::SetNextWindowSizeConstraints({width, 0}, {width, std::max(height, 40.0f)});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {26 * scale, 20 * scale});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, 10 * scale);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 1);
    ImGui::PushStyleVar(ImGuiStyleVar_CellPadding, {6 * scale, 3 * scale});
    bool begun =
        ImGui::Begin("Keys", nullptr,
                     ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoResize |
                         ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_AlwaysAutoResize | ImGuiWindowFlags_NoNav);
    if (begun) {
        ActionSpace none;
        const ActionSpace& world = view.world ? view.world->actions : none;
        ImGui::PushFont(fonts().figure);
        ImGui::TextUnformatted("Keys");
        ImGui::PopFont();
        ImGui::Dummy({0, 2 * scale});
        if (ImGui::BeginTable("keys", 2, ImGuiTableFlags_SizingFixedFit)) {
            ImGui::TableSetupColumn("key", ImGuiTableColumnFlags_WidthFixed, 150 * scale);
            ImGui::TableSetupColumn("meaning", ImGuiTableColumnFlags_WidthStretch);
            for (const ActionSpace::Entry& action : world.entries)
                if (!action.keys.empty())
                    row(shown(view, action.keys), printable(view.world->name) + ": " + printable(action.name), scale);
            for (const Binding& binding : bindings())
                if (std::vector<std::string> keys = free_keys(binding, world, view.keyboard); !keys.empty())
                    row(keys, binding.meaning, scale);
            ImGui::EndTable();
        }
        ImGui::Dummy({0, 2 * scale});
        ImGui::PushFont(fonts().small);
        ImGui::TextColored(
            palette::muted,
            "Sliders: Ctrl+click to type a value, right-click for the menu. A dot marks settings that differ from the");
        ImGui::TextColored(palette::muted, "world's default, an amber triangle those the world was not trained on.");
        ImGui::PopFont();
    }
    bool elsewhere = ImGui::IsMouseClicked(0) && !ImGui::IsWindowHovered(ImGuiHoveredFlags_RootAndChildWindows) &&
                     !ImGui::IsWindowAppearing();
    ImGui::End();
    ImGui::PopStyleVar(4);
    if (elsewhere) view.layout.help = false;
}

}  // namespace drift
