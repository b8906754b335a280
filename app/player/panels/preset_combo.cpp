#include "player/panels/preset_combo.h"

#include "player/panels/widgets.h"

namespace drift {
namespace {

void say_notes(View& view, const std::string& done, const std::vector<std::string>& notes) {
    if (notes.empty()) return view.say(done);
    view.say(done + ". " + notes.front() +
             (notes.size() == 1 ? "" : " (and " + std::to_string(notes.size() - 1) + " more)"));
}

bool plays(const View& view, const Preset& preset) {
    try {
        return apply_preset(preset, view.world->defaults) == view.settings();
    } catch (const Error&) {
        return false;
    }
}

void explain(const Preset& preset) {
    if (!hovered_long()) return;
    begin_tooltip();
    if (!preset.meaning.empty()) ImGui::TextUnformatted(preset.meaning.c_str());
    ImGui::PushFont(fonts().mono);
    ImGui::PushStyleColor(ImGuiCol_Text, palette::muted);
    std::string text = preset.text.substr(0, 1200);
    if (!text.empty() && text.back() == '\n') text.pop_back();
    ImGui::TextUnformatted(text.data(), text.data() + text.size());
    ImGui::PopStyleColor();
    ImGui::PopFont();
    end_tooltip();
}

// The user's own, each with a button that deletes it.
void own_list(View& view, float scale) {
    std::string doomed;
    float button = 24 * scale;
    for (const Preset& preset : view.presets.list) {
        ImGui::PushID(preset.name.c_str());
        if (ImGui::Selectable(preset.name.c_str(), plays(view, preset), 0,
                              {ImGui::GetContentRegionAvail().x - button - 6 * scale, 0}))
            choose_preset(view, preset);
        explain(preset);
        ImGui::SameLine(ImGui::GetWindowContentRegionMax().x - button);
        ImGui::PushStyleColor(ImGuiCol_Button, {0, 0, 0, 0});
        ImGui::PushStyleColor(ImGuiCol_Text, palette::muted);
        ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {0, 0});
        if (ImGui::Button("\u00d7", {button, ImGui::GetTextLineHeight()})) doomed = preset.name;
        ImGui::PopStyleVar();
        ImGui::PopStyleColor(2);
        tooltip("Delete this preset. You can bring it back from this list.");
        ImGui::PopID();
    }
    if (!doomed.empty()) view.preset_wishes.push_back({PresetWish::Kind::remove, {doomed, "", ""}});
    if (view.presets.gone && ImGui::Selectable(("Bring back " + view.presets.gone->name).c_str(), false,
                                               ImGuiSelectableFlags_DontClosePopups))
        view.preset_wishes.push_back({PresetWish::Kind::bring_back});
}

}  // namespace

void small_heading(const char* text) {
    ImGui::PushFont(fonts().small);
    ImGui::TextColored(palette::muted, "%s", text);
    ImGui::PopFont();
}

std::string current_preset(const View& view) {
    for (const std::span<const Preset>& list : {built_in_presets(), std::span<const Preset>(view.presets.list)})
        for (const Preset& preset : list)
            if (fits(preset, view.world->defaults) && plays(view, preset)) return preset.name;
    return view.settings() == view.world->defaults ? "World defaults" : "Custom";
}

void choose_preset(View& view, const Preset& preset) {
    attempt(view, [&] {
        std::vector<std::string> notes;
        view.settings() = apply_preset(preset, view.world->defaults, &notes);
        say_notes(view, "Now using preset " + preset.name, notes);
    });
}

void preset_combo(View& view) {
    bool open = ImGui::BeginCombo("##preset", current_preset(view).c_str(), ImGuiComboFlags_HeightLargest);
    if (!open)
        return tooltip(
            "Presets: named settings. A preset changes only its own settings; the rest return to the world's "
            "defaults.");
    if (ImGui::IsWindowAppearing())
        view.preset_wishes.push_back({PresetWish::Kind::read});  // another player may have saved one
    small_heading("Built in");
    for (const Preset& preset : built_in_presets()) {
        if (!fits(preset, view.world->defaults)) continue;
        if (ImGui::Selectable(preset.name.c_str(), plays(view, preset))) choose_preset(view, preset);
        explain(preset);
    }
    if (!view.presets.list.empty() || view.presets.gone) small_heading("Your own");
    own_list(view, static_cast<float>(view.layout.scale));
    ImGui::EndCombo();
}

}  // namespace drift
