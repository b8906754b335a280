#include "player/panels/preset_row.h"

#include <cmath>
#include <string>

#include "player/panels/ab_buttons.h"
#include "player/panels/preset_combo.h"
#include "player/panels/widgets.h"

namespace drift {
namespace {

void save_popup(View& view, float scale) {
    static char name[64];
    if (!ImGui::BeginPopup("save")) return;
    if (ImGui::IsWindowAppearing()) {
        name[0] = 0;
        ImGui::SetKeyboardFocusHere();
    }
    small_heading("Save settings as");
    ImGui::SetNextItemWidth(230 * scale);
    bool entered = ImGui::InputTextWithHint("##name", "name", name, sizeof name, ImGuiInputTextFlags_EnterReturnsTrue);
    std::string kept, wrong;
    try {
        kept = checked_preset_name(name);
    } catch (const Error& error) {
        wrong = error.what();
    }
    bool there = false;
    for (const Preset& preset : view.presets.list) there |= preset.name == kept;
    ImGui::BeginDisabled(!wrong.empty());
    ImGui::SameLine();
    if (ImGui::Button(there ? "Replace###save" : "Save###save", {button_width("Replace"), 0})) entered = true;
    ImGui::EndDisabled();
    tooltip("Saves the settings that differ from the world's defaults, in a file of its own.");
    // One line is always there, so that the popup keeps its size.
    ImGui::PushFont(fonts().small);
    if (!wrong.empty() && name[0]) ImGui::TextColored(palette::coral, "%s", wrong.c_str());
    else
        ImGui::TextColored(
            palette::muted, "%s",
            there ? "Replaces the preset of that name. Undo brings it back." : "Enter to save, Esc to cancel.");
    ImGui::PopFont();
    if (entered && wrong.empty()) {
        view.preset_wishes.push_back(
            {PresetWish::Kind::save, {kept, "", preset_text(kept, view.settings(), view.world->defaults)}});
        ImGui::CloseCurrentPopup();
    }
    if (ImGui::IsKeyPressed(ImGui::GetKeyIndex(ImGuiKey_Escape), false)) ImGui::CloseCurrentPopup();
    ImGui::EndPopup();
}

void paste(View& view) {
    const char* text = ImGui::GetClipboardText();
    choose_preset(view, {"from the clipboard", "", text ? text : ""});
}

// Three dots, drawn: the fonts may have no such letter.
bool menu_button(float size, float scale) {
    ImVec2 at = ImGui::GetCursorScreenPos();
    bool pressed = ImGui::Button("##menu", {size, 0});
    float y = at.y + ImGui::GetFrameHeight() / 2, x = at.x + size / 2;
    for (float offset : {-5.0f, 0.0f, 5.0f})
        ImGui::GetWindowDrawList()->AddCircleFilled({x + offset * scale, y}, 1.6f * scale, colour(palette::text), 10);
    return pressed;
}

}  // namespace

bool preset_row(View& view) {
    if (!view.world) return false;
    SamplerSettings before = view.settings();
    float scale = static_cast<float>(view.layout.scale), gap = ImGui::GetStyle().ItemInnerSpacing.x,
          square = std::round(30 * scale);
    ImGui::PushID("presets");
    ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x - 3 * square - 2.5f * gap);
    preset_combo(view);
    ImGui::SameLine(0, gap);
    if (menu_button(square, scale)) ImGui::OpenPopup("menu");
    // Both popups hang below the row: from the button's right edge, as that of the combo does from its left.
    ImVec2 below{ImGui::GetItemRectMax().x, ImGui::GetItemRectMax().y + 3 * scale};
    tooltip("Save these settings as a preset, copy them as text, or paste settings.");
    bool save = false;
    ImGui::SetNextWindowPos(below, ImGuiCond_Always, {1, 0});
    if (ImGui::BeginPopup("menu")) {
        save = ImGui::MenuItem("Save as...", nullptr, false, view.presets.folder.has_value());
        if (ImGui::MenuItem("Copy as text")) {
            ImGui::SetClipboardText(preset_text(current_preset(view), view.settings(), view.world->defaults).c_str());
            view.say("Settings copied to the clipboard as text");
        }
        if (ImGui::MenuItem("Paste")) paste(view);
        ImGui::EndPopup();
    }
    if (save) ImGui::OpenPopup("save");
    ImGui::SetNextWindowPos(below, ImGuiCond_Always, {1, 0});
    save_popup(view, scale);
    ImGui::SameLine(0, gap);
    ab_buttons(view, square, gap);
    ImGui::PopID();
    return view.settings() != before;
}

}  // namespace drift
