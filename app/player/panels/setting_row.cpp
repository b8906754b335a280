#include "player/panels/setting_row.h"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>

#include <imgui_internal.h>

#include "core/error.h"
#include "player/lanes.h"
#include "player/panels/typed_field.h"
#include "player/panels/widgets.h"

namespace drift {
namespace {

using Kind = SettingField::Kind;

// Why the setting does nothing now; it is inert.
const char* inert_reason(std::string_view name) {
    if (name == "rho") return "only the Karras schedule with three or more denoising steps uses it.";
    if (name == "sigma_list") return "only the schedule \"Custom list\" uses it.";
    if (name == "start_scale") return "\"Start at sigma_0\" sets the scale instead.";
    if (name == "solver") return "with one denoising step, every solver is the same as Euler.";
    if (name.starts_with("s_t") || name == "s_noise") return "churn is 0.";
    if (name == "sigma_min") return "one denoising step, or a custom list, does not use it.";
    return "the custom list replaces it.";
}

void explain(const View& view, const SettingField& field, bool idle, bool outside) {
    const SamplerSettings& defaults = view.part_defaults();
    begin_tooltip();
    ImGui::TextUnformatted(field.meaning);
    ImGui::PushFont(fonts().small);
    std::string standard = shown_setting(defaults, field);
    if (field.kind == Kind::real || field.kind == Kind::integer)
        ImGui::TextColored(palette::muted, "%g to %g; this world's default is %s", field.low, field.high,
                           standard.c_str());
    else ImGui::TextColored(palette::muted, "This world's default: %s", standard.empty() ? "none" : standard.c_str());
    if (view.recorded(view.lanes.chosen)) ImGui::TextColored(palette::amber, "%s", fixed_reason(view).c_str());
    if (idle) ImGui::TextColored(palette::muted, "No effect now: %s", inert_reason(field.name));
    if (outside) ImGui::TextColored(palette::amber, "Outside the range this world was trained on.");
    const char* hint = field.kind == Kind::list ? "Press Enter to apply. Right-click for the menu"
                       : field.kind == Kind::choice || field.kind == Kind::boolean
                           ? "Right-click for the menu"
                           : "Ctrl+click to type a value. Right-click for the menu";
    if (!view.recorded(view.lanes.chosen)) ImGui::TextColored(palette::accent, "%s", hint);
    ImGui::PopFont();
    end_tooltip();
}

bool menu(View& view, const SettingField& field) {
    bool changed = false;
    if (!ImGui::BeginPopupContextItem(field.name)) return false;
    std::string standard = setting_text(view.part_defaults(), field), now = setting_text(view.part(), field),
                shown = shown_setting(view.part_defaults(), field);
    if (ImGui::MenuItem(("Reset to " + (shown.empty() ? "none" : shown)).c_str(), nullptr, false, standard != now)) {
        set_setting(view.part(), field.name, standard);
        changed = true;
    }
    if (ImGui::MenuItem("Copy value")) ImGui::SetClipboardText(now.c_str());
    ImGui::Separator();
    if (ImGui::MenuItem("Reset all settings", nullptr, false, view.part() != view.part_defaults())) {
        view.part() = view.part_defaults();
        changed = true;
    }
    ImGui::EndPopup();
    return changed;
}

// A slider whose track is filled up to its grab.
bool slider(View& view, const SettingField& field) {
    double value = field.get(view.part());
    bool logs = field.logarithmic && field.low > 0;
    double share = logs ? std::log(std::max(value, field.low) / field.low) / std::log(field.high / field.low)
                        : (value - field.low) / (field.high - field.low);
    ImVec2 at = ImGui::GetCursorScreenPos();
    float width = ImGui::CalcItemWidth(), height = ImGui::GetFrameHeight(), rounding = ImGui::GetStyle().FrameRounding;
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    draw.AddRectFilled(at, {at.x + width, at.y + height}, ImGui::GetColorU32(ImGuiCol_FrameBg), rounding);
    float grab = ImGui::GetStyle().GrabMinSize,
          filled = 2 + grab + static_cast<float>(std::clamp(share, 0.0, 1.0)) * (width - grab - 4);
    draw.AddRectFilled(at, {at.x + filled, at.y + height},
                       colour(palette::accent_deep, ImGui::GetStyle().Alpha * 0.75f), rounding);
    ImGui::PushStyleColor(ImGuiCol_FrameBg, {0, 0, 0, 0});
    ImGui::PushStyleColor(ImGuiCol_FrameBgHovered, colour(palette::text, 0.05f));
    ImGui::PushStyleColor(ImGuiCol_FrameBgActive, colour(palette::text, 0.05f));
    bool changed = number_slider("##value", value, {field.low, field.high, field.kind == Kind::integer, logs, "%.4g"});
    ImGui::PopStyleColor(3);
    if (changed) field.set(view.part(), value);
    return changed;
}

bool choice(View& view, const SettingField& field) {
    auto chosen = static_cast<std::size_t>(field.get(view.part()));
    bool changed = false;
    if (!ImGui::BeginCombo("##value", field.shown[chosen])) return false;
    for (std::size_t i = 0; i < field.choices.size(); ++i)
        if (ImGui::Selectable(field.shown[i], i == chosen)) {
            // A list that is still empty begins as the schedule that it replaces.
            if (std::string_view(field.name) == "schedule" && std::string_view(field.choices[i]) == "list" &&
                view.part().sigma_list.empty()) {
                view.part().sigma_list = sigmas(view.part());
                view.part().sigma_list.pop_back();
            }
            field.set(view.part(), static_cast<double>(i));
            changed = true;
        }
    ImGui::EndCombo();
    return changed;
}

bool list(View& view, const SettingField& field) {
    auto typed = text_field("##value", setting_text(view.part(), field), "5 0.3 0.002");
    if (!typed) return false;
    try {
        SamplerSettings next = view.part();
        set_setting(next, field.name, typed_list(*typed));
        std::vector<std::string> notes;
        view.part() = clamped(next, &notes);
        if (!notes.empty()) remark("##value", notes.front());
        return true;
    } catch (const Error&) {
        refuse("##value", "Enter numbers from high to low, such as 5 0.3 0.002");
        return false;
    }
}

// The command palette was asked for this row: it comes into sight, its number can be typed at once, and its list opens.
void take_keyboard(View& view, const SettingField& field) {
    const bool seen = std::exchange(view.layout.sought->seen, true);
    if (view.now >= view.layout.sought->until) view.layout.sought.reset();
    if (seen) return;
    ImGui::SetScrollHereY(0.5f);
    if (view.recorded(view.lanes.chosen)) return;
    if (field.kind == Kind::real || field.kind == Kind::integer) type_number("##value");
    if (field.kind == Kind::choice) ImGui::ActivateItem(ImGui::GetID("##value"));
    if (field.kind != Kind::choice && field.kind != Kind::boolean) ImGui::SetKeyboardFocusHere();
}

}  // namespace

bool setting_row(View& view, const SettingField& field) {
    float scale = static_cast<float>(view.layout.scale);
    bool idle = inert(view.part(), field), outside = untrained(view.part(), field, view.part_trained());
    bool differs = setting_text(view.part(), field) != setting_text(view.part_defaults(), field);
    ImGui::PushID(field.name);
    if (idle) ImGui::PushStyleVar(ImGuiStyleVar_Alpha, 0.42f);
    ImVec2 at = ImGui::GetCursorScreenPos();
    float height = ImGui::GetFrameHeight(), middle = at.y + height / 2;
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    if (differs)
        draw.AddCircleFilled({at.x - 5 * scale, middle}, 2.5f * scale, colour(palette::accent),
                             12);  // further left is clipped
    ImGui::AlignTextToFramePadding();
    ImGui::BeginGroup();
    ImGui::TextColored(differs ? palette::text : mixed(palette::text, palette::muted), "%s", field.label);
    ImGui::EndGroup();
    float label_width = 130 * scale;
    // The label, and the mark beside it.
    bool asked =
        ImGui::IsWindowHovered() &&
        ImGui::IsMouseHoveringRect(at, {at.x + label_width - ImGui::GetStyle().ItemInnerSpacing.x, at.y + height});
    if (outside) {
        float x = at.x + label_width - 14 * scale, r = 5 * scale;
        draw.AddTriangleFilled({x, middle - r}, {x - r, middle + r * 0.8f}, {x + r, middle + r * 0.8f},
                               colour(palette::amber));
    }
    ImGui::SameLine(ImGui::GetStyle().WindowPadding.x + label_width);
    ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x);
    bool changed = false, sought = view.layout.sought && view.layout.sought->field == &field;
    if (sought) take_keyboard(view, field);
    switch (field.kind) {
        case Kind::real:
        case Kind::integer: changed = slider(view, field); break;
        case Kind::choice: changed = choice(view, field); break;
        case Kind::list: changed = list(view, field); break;
        case Kind::boolean: {
            bool on = field.get(view.part()) != 0;
            changed = ImGui::Checkbox("##value", &on);
            if (changed) field.set(view.part(), on ? 1 : 0);
        }
    }
    asked = asked || (hovered_long(ImGuiHoveredFlags_AllowWhenDisabled) && !ImGui::IsItemActive());
    if (idle) ImGui::PopStyleVar();
    if (sought)
        draw.AddRect({at.x - 9 * scale, at.y - 2 * scale},
                     {ImGui::GetItemRectMax().x + 4 * scale, at.y + height + 2 * scale}, colour(palette::accent),
                     ImGui::GetStyle().FrameRounding, 0, 1.5f * scale);
    if (menu(view, field)) changed = true;
    if (asked && !ImGui::IsPopupOpen(field.name)) explain(view, field, idle, outside);
    field_line("##value");
    ImGui::PopID();
    return changed;
}

}  // namespace drift
