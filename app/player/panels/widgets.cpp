#include "player/panels/widgets.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <string_view>

#include <imgui_internal.h>

#include "core/error.h"

namespace drift {

std::string decimals(double value, int count) {
    char text[64];
    std::snprintf(text, sizeof text, "%.*f", count, value);
    return text;
}

std::string size_words(double bytes) {
    for (const char* unit : {"kB", "MB"}) {
        bytes /= 1000;
        if (bytes < 999.5) return decimals(bytes, bytes < 9.95) + " " + unit;
    }
    return decimals(bytes / 1000, 1) + " GB";
}

std::string clock_words(double seconds) {
    auto whole = static_cast<long>(std::max(seconds, 0.0));
    char text[32];
    if (whole < 3600) std::snprintf(text, sizeof text, "%ld:%02ld", whole / 60, whole % 60);
    else std::snprintf(text, sizeof text, "%ld:%02ld:%02ld", whole / 3600, whole / 60 % 60, whole % 60);
    return text;
}

std::string fitted(const std::string& text, float width) {
    if (ImGui::CalcTextSize(text.c_str()).x <= width) return text;
    const char* rest = text.c_str();
    float dots = ImGui::CalcTextSize("...").x;
    ImGui::GetFont()->CalcTextSizeA(ImGui::GetFontSize(), std::max(width - dots, 1.0f), 0, text.c_str(),
                                    text.c_str() + text.size(), &rest);
    return text.substr(0, static_cast<std::size_t>(rest - text.c_str())) + "...";
}

bool section(View& view, Section which) {
    const char* title = name_of(which);
    bool& open = view.layout.open_sections.try_emplace(title, true).first->second;
    float scale = static_cast<float>(view.layout.scale);
    if (ImGui::GetCursorPosY() > 2 * ImGui::GetStyle().WindowPadding.y)
        ImGui::Dummy({0, 4 * scale});  // not above the first
    ImVec2 at = ImGui::GetCursorScreenPos();
    ImGui::PushFont(fonts().strong);
    float height = ImGui::GetFrameHeight(), width = ImGui::GetContentRegionAvail().x;
    if (ImGui::InvisibleButton(title, {width, height})) open = !open;
    if (ImGui::BeginPopupContextItem()) {
        if (ImGui::Selectable(("Hide the section " + std::string(title)).c_str()))
            view.layout.hidden_sections.insert(which),
                view.say(std::string(title) + " is hidden. The command palette and the settings bring it back");
        ImGui::EndPopup();
    }
    const ImVec4& tone = ImGui::IsItemHovered() ? palette::accent : palette::text;
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    draw.AddText({at.x, at.y + (height - ImGui::GetFontSize()) / 2}, colour(tone), title);
    ImGui::PopFont();
    float x = at.x + width - 10 * scale, y = at.y + height / 2, r = 4 * scale;
    if (open)
        draw.AddPolyline(std::array<ImVec2, 3>{{{x - r, y - r / 2}, {x, y + r / 2}, {x + r, y - r / 2}}}.data(), 3,
                         colour(palette::muted), 0, 1.5f * scale);
    else
        draw.AddPolyline(std::array<ImVec2, 3>{{{x - r / 2, y - r}, {x + r / 2, y}, {x - r / 2, y + r}}}.data(), 3,
                         colour(palette::muted), 0, 1.5f * scale);
    draw.AddLine({at.x, at.y + height}, {at.x + width, at.y + height}, colour(palette::line), scale);
    ImGui::Dummy({0, scale});
    return open;
}

void fact(const char* label, const std::string& value, ImFont* font) {
    ImGui::TextColored(palette::muted, "%s", label);
    if (font) ImGui::PushFont(font);
    float width = ImGui::CalcTextSize(value.c_str()).x;
    float left = ImGui::GetWindowContentRegionMax().x - width;
    ImGui::SameLine();
    if (left > ImGui::GetCursorPosX()) {
        ImGui::SetCursorPosX(left);
        ImGui::TextUnformatted(value.c_str());
    } else {  // too long to stand beside its label
        ImGui::NewLine();
        ImGui::PushTextWrapPos(0);
        ImGui::TextUnformatted(value.c_str());
        ImGui::PopTextWrapPos();
    }
    if (font) ImGui::PopFont();
}

void figure(const std::string& value, const char* unit, const char* meaning, const ImVec4& tone) {
    ImGui::BeginGroup();
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {ImGui::GetStyle().ItemSpacing.x * 0.6f, 0});
    ImVec2 at = ImGui::GetCursorPos();
    ImGui::PushFont(fonts().figure);
    float large = ImGui::GetFontSize();
    ImGui::TextColored(tone, "%s", value.c_str());
    ImGui::PopFont();
    ImGui::SameLine();
    ImGui::SetCursorPosY(at.y + (large - ImGui::GetFontSize()) * 0.78f);
    ImGui::TextColored(palette::muted, "%s", unit);
    ImGui::SetCursorPos({at.x, at.y + large * 1.08f});
    ImGui::PushFont(fonts().small);
    ImGui::TextColored(palette::muted, "%s", meaning);
    ImGui::PopFont();
    ImGui::PopStyleVar();
    ImGui::EndGroup();
}

float button_width(const char* label) { return ImGui::CalcTextSize(label).x + 2 * ImGui::GetStyle().FramePadding.x; }

bool toggle(const char* label, bool on, ImVec2 size) {
    if (on) {
        ImGui::PushStyleColor(ImGuiCol_Button, palette::accent_deep);
        ImGui::PushStyleColor(ImGuiCol_ButtonHovered, palette::accent_deep);
    }
    bool pressed = ImGui::Button(label, size);
    if (on) ImGui::PopStyleColor(2);
    return pressed;
}

std::string key_of(const View& view, Act act) {
    static const ActionSpace none;
    auto keys = free_keys(binding_of(act), view.world ? view.world->actions : none, view.keyboard);
    return keys.empty() ? "" : keys.front();
}

bool clicked_elsewhere(const View& view) {
    ImVec2 at = ImGui::GetIO().MouseClickedPos[0], from = ImGui::GetWindowPos(), size = ImGui::GetWindowSize();
    bool inside = at.x >= from.x && at.y >= from.y && at.x < from.x + size.x && at.y < from.y + size.y;
    return ImGui::IsMouseReleased(0) && !inside && view.acts.empty();
}

namespace {

constexpr float between_caps = 5;

ImVec2 cap_size(ImVec2 text, float scale) {
    return {std::max(text.x + 14 * scale, text.y + 8 * scale), text.y + 7 * scale};
}

}  // namespace

float key_caps_width(const std::vector<std::string>& keys, float scale) {
    ImGui::PushFont(fonts().small);
    float width = 0;
    for (const std::string& key : keys)
        width +=
            cap_size(ImGui::CalcTextSize(printable(key).c_str()), scale).x + (width > 0 ? between_caps * scale : 0);
    ImGui::PopFont();
    return width;
}

void key_caps(const std::vector<std::string>& keys, float scale) {
    ImGui::PushFont(fonts().small);
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    for (const std::string& key : keys) {
        std::string name = printable(key);
        ImVec2 at = ImGui::GetCursorScreenPos(), text = ImGui::CalcTextSize(name.c_str());
        const ImVec2 size = cap_size(text, scale);
        draw.AddRectFilled(at, {at.x + size.x, at.y + size.y}, colour(palette::raised), 4 * scale);
        draw.AddRect(at, {at.x + size.x, at.y + size.y}, colour(palette::line), 4 * scale, 0, scale);
        draw.AddText({at.x + (size.x - text.x) / 2, at.y + (size.y - text.y) / 2}, colour(palette::text), name.c_str());
        ImGui::Dummy(size);
        ImGui::SameLine(0, between_caps * scale);
    }
    ImGui::NewLine();
    ImGui::PopFont();
}

void begin_tooltip() {
    // Beside the column or the list that is pointed at, so that what comes next in it stays in sight.
    const ImGuiWindow* window =
        ImGui::GetCurrentWindowRead()->RootWindow;  // reading, so that outside of all windows none comes to be
    const ImGuiIO& io = ImGui::GetIO();
    float needed = ImGui::GetFontSize() * 24, gap = ImGui::GetStyle().ItemInnerSpacing.x;
    float left = window->Pos.x, right = io.DisplaySize.x - window->Pos.x - window->Size.x;
    bool narrow = (window->Flags & ImGuiWindowFlags_Popup) != 0 || std::string_view(window->Name).starts_with("column");
    if (narrow && std::max(left, right) >= needed) {
        ImVec2 low = ImGui::GetItemRectMin(), high = ImGui::GetItemRectMax();
        bool up = io.MousePos.y > io.DisplaySize.y * 0.6f, before = left >= right;
        ImGui::SetNextWindowPos({before ? left - gap : window->Pos.x + window->Size.x + gap, up ? high.y : low.y},
                                ImGuiCond_Always, {before ? 1.0f : 0.0f, up ? 1.0f : 0.0f});
    }
    ImGui::PushStyleVar(ImGuiStyleVar_Alpha, 1);  // of what is disabled, too
    ImGui::BeginTooltip();
    ImGui::PushTextWrapPos(ImGui::GetFontSize() * 22);
}

void end_tooltip() {
    ImGui::PopTextWrapPos();
    ImGui::EndTooltip();
    ImGui::PopStyleVar();
}

namespace {
double tooltip_delay = 0;
}

void set_tooltip_delay(double seconds) { tooltip_delay = seconds; }

bool hovered_long(ImGuiHoveredFlags flags) {
    static ImVec2 where = {-1, -1};  // of the item that is hovered
    static double since = 0;
    if (!ImGui::IsItemHovered(flags)) return false;
    const ImVec2 at = ImGui::GetItemRectMin();
    const double now = ImGui::GetTime();
    static double seen = 0;
    if (at.x != where.x || at.y != where.y || now > seen + 0.5) where = at, since = now;  // or it was left meanwhile
    seen = now;
    return now - since >= tooltip_delay;
}

void tooltip(const char* text) {
    if (!hovered_long(ImGuiHoveredFlags_AllowWhenDisabled)) return;
    begin_tooltip();
    ImGui::TextUnformatted(text);
    end_tooltip();
}

void text_at(ImVec2 at, ImVec2 pivot, ImU32 tone, const std::string& text) {
    ImVec2 size = ImGui::CalcTextSize(text.c_str());
    ImGui::GetWindowDrawList()->AddText({std::round(at.x - pivot.x * size.x), std::round(at.y - pivot.y * size.y)},
                                        tone, text.c_str());
}

}  // namespace drift
