#include "player/panels/typed_field.h"

#include <imgui.h>
#include <imgui_internal.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <map>

#include "player/theme.h"

namespace drift {
namespace {

struct Field {
    char text[1024] = "";
    std::string now;  // the value when something was said of it
    std::string said;
    bool refused = false;  // the text stays
    bool active = false;
    bool typing = false;  // a slider that is typed into
};

// By ImGui's id: what is being typed belongs to the screen and to nothing else.
Field& field_of(const char* id) {
    static std::map<ImGuiID, Field> fields;
    return fields[ImGui::GetID(id)];
}

std::string plain(double value) {
    char text[32];
    auto [end, error] = std::to_chars(text, text + sizeof text, static_cast<float>(value));
    return {text, end};
}

void said(const char* id, const std::string& what, bool refused) {
    Field& field = field_of(id);
    field.said = what;
    field.refused = refused;
}

}  // namespace

std::optional<double> typed_number(std::string_view text) {
    std::string digits(text);
    std::erase_if(digits, [](char c) { return c == ' ' || c == '\t'; });
    std::replace(digits.begin(), digits.end(), ',', '.');
    if (digits.starts_with('+')) digits.erase(0, 1);
    double value = 0;
    auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (digits.empty() || error != std::errc{} || end != digits.data() + digits.size() || !std::isfinite(value))
        return std::nullopt;
    return value;
}

std::optional<std::uint64_t> typed_seed(std::string_view text) {
    std::string digits(text);
    std::erase_if(digits, [](char c) { return c == ' ' || c == '\t'; });
    std::uint64_t value = 0;
    auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (digits.empty() || error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    return value;
}

std::string typed_list(std::string_view text) {
    std::string list(text);
    auto digit = [&](std::size_t i) { return i < list.size() && list[i] >= '0' && list[i] <= '9'; };
    std::size_t first = list.find_first_not_of(" \t"), last = list.find_last_not_of(" \t");
    if (first == list.npos) return list;
    bool parted = list.substr(first, last - first + 1).find_first_of(" \t;") != list.npos;
    // Decimal: between two digits in a list without points, where something else parts the numbers, or where it is the one comma of "0,5".
    bool decimal = list.find('.') == list.npos &&
                   (parted || (std::count(list.begin(), list.end(), ',') == 1 && list.compare(first, 2, "0,") == 0));
    for (std::size_t i = 1, since = list.npos; i < list.size() && decimal; ++i) {
        if (list[i] == ' ' || list[i] == '\t' || list[i] == ';') since = list.npos;
        if (list[i] != ',' || !digit(i - 1) || !digit(i + 1)) continue;
        if (since != list.npos) return std::string(text);  // two in one number: they part
        since = i;
        list[i] = '.';
    }
    return list;
}

std::optional<std::string> text_field(const char* id, const std::string& now, const char* hint) {
    Field& field = field_of(id);
    if (field.now != now && !field.active) {
        if (field.refused) field.said.clear(), field.refused = false;
        field.now = now;
    }
    if (!field.active && !field.refused) std::snprintf(field.text, sizeof field.text, "%s", now.c_str());
    ImGui::PushStyleVar(ImGuiStyleVar_FrameBorderSize, field.refused ? 1.0f : ImGui::GetStyle().FrameBorderSize);
    ImGui::PushStyleColor(ImGuiCol_Border, field.refused ? palette::coral : palette::line);
    bool entered = ImGui::InputTextWithHint(id, hint, field.text, sizeof field.text,
                                            ImGuiInputTextFlags_EnterReturnsTrue | ImGuiInputTextFlags_AutoSelectAll);
    ImGui::PopStyleColor();
    ImGui::PopStyleVar();
    bool left = ImGui::IsItemDeactivatedAfterEdit(), was_active = field.active;
    field.active = ImGui::IsItemActive();
    if (was_active && !field.active && ImGui::IsKeyPressed(ImGui::GetKeyIndex(ImGuiKey_Escape), false)) {  // given up
        field.said.clear();
        field.refused = false;
        return std::nullopt;
    }
    if (ImGui::IsItemEdited() && field.active) field.said.clear(), field.refused = false;
    if ((!entered && !left) || field.text == now) return std::nullopt;
    field.now = now;
    return std::string(field.text);
}

void refuse(const char* id, const std::string& why) { said(id, why, true); }
void remark(const char* id, const std::string& what) { said(id, what, false); }

void field_line(const char* id) {
    const Field& field = field_of(id);
    if (field.said.empty()) return;
    ImGui::PushFont(fonts().small);
    ImGui::PushTextWrapPos(0);
    ImGui::TextColored(palette::coral, "%s", field.said.c_str());
    ImGui::PopTextWrapPos();
    ImGui::PopFont();
}

namespace {

// True: the value changed.
bool typed_slider(const char* id, Field& field, double& value, const NumberRange& range) {
    bool was_active = field.active;
    auto typed = text_field(id, plain(value));
    if (!typed) {
        if (was_active && !field.active && !field.refused) field.typing = false;  // left, or given up
        return false;
    }
    auto number = typed_number(*typed);
    std::string between = plain(range.low) + " to " + plain(range.high);
    if (!number || (range.whole && *number != std::round(*number))) {
        refuse(id, (range.whole ? "Enter a whole number, " : "Enter a number, ") + between);
        return false;
    }
    double legal = std::clamp(*number, range.low, range.high);
    field.typing = false;
    field.said.clear();
    if (legal != *number) remark(id, "Only " + between + ": " + plain(legal) + " is used");
    bool changed = plain(legal) != plain(value);
    value = legal;
    field.now = plain(value);
    return changed;
}

}  // namespace

void type_number(const char* id) {
    Field& field = field_of(id);
    field.typing = true;
    field.refused = false;
    field.said.clear();
}

bool number_slider(const char* id, double& value, const NumberRange& range) {
    Field& field = field_of(id);
    if (field.typing) return typed_slider(id, field, value, range);
    if (!field.said.empty() && field.now != plain(value)) field.said.clear();  // it was of another value, or lane
    ImVec2 at = ImGui::GetCursorScreenPos(), end{at.x + ImGui::CalcItemWidth(), at.y + ImGui::GetFrameHeight()};
    const ImGuiIO& io = ImGui::GetIO();
    bool disabled = (ImGui::GetCurrentContext()->CurrentItemFlags & ImGuiItemFlags_Disabled) != 0;
    if (!disabled && io.KeyCtrl && ImGui::IsMouseClicked(0) && ImGui::IsWindowHovered() &&
        ImGui::IsMouseHoveringRect(at, end)) {
        type_number(id);
        return typed_slider(id, field, value, range);
    }
    ImGuiSliderFlags flags = ImGuiSliderFlags_NoInput | ImGuiSliderFlags_AlwaysClamp |
                             (range.logarithmic ? ImGuiSliderFlags_Logarithmic : 0);
    bool changed = false;
    if (range.whole) {
        int whole = static_cast<int>(value);
        changed = ImGui::SliderInt(id, &whole, static_cast<int>(range.low), static_cast<int>(range.high), "%d", flags);
        if (changed) value = whole;
    } else {
        auto real = static_cast<float>(value);
        changed = ImGui::SliderFloat(id, &real, static_cast<float>(range.low), static_cast<float>(range.high),
                                     range.format, flags);
        if (changed) value = static_cast<double>(real);
    }
    if (changed) field.said.clear();
    return changed;
}

}  // namespace drift
