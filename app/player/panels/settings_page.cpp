// The page "Settings" over the picture: its parts by name at the left, one of them at the right.
#include <algorithm>
#include <string>

#include "player/panels/page.h"
#include "player/panels/panels.h"
#include "player/panels/settings_parts.h"
#include "player/panels/typed_field.h"
#include "player/panels/widgets.h"

namespace drift {
namespace {

void appearance(View& view) {
    const float gap = ImGui::GetStyle().ItemInnerSpacing.x;
    row_label(view, "Theme");
    for (const ThemeName& it : theme_names) {
        if (toggle(it.label, view.preferences.theme == it.theme)) view.preferences.theme = it.theme;
        if (it.theme != theme_names.back().theme) ImGui::SameLine(0, gap);
    }
    row_label(view, "Text size");
    const float side = ImGui::GetFrameHeight();
    if (ImGui::Button("-", {side, side})) view.acts.push_back(Act::smaller);
    tooltip(("Smaller text (" + key_of(view, Act::smaller) + ")").c_str());
    ImGui::SameLine(0, gap);
    const std::string size = decimals(view.layout.scale * 100, 0) + " %";
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float wide = ImGui::CalcTextSize("000 %").x + 2 * gap;
    ImGui::Dummy({wide, side});
    text_at({at.x + wide / 2, at.y + side / 2}, {0.5f, 0.5f}, colour(palette::text), size);
    ImGui::SameLine(0, gap);
    if (ImGui::Button("+", {side, side})) view.acts.push_back(Act::larger);
    tooltip(("Larger text (" + key_of(view, Act::larger) + ")").c_str());
    ImGui::SameLine(0, gap);
    if (ImGui::Button("Standard")) view.acts.push_back(Act::standard_size);
    tooltip(("The size that suits the display (" + key_of(view, Act::standard_size) + ")").c_str());
    row_label(view, "Tooltips after");
    ImGui::SetNextItemWidth(220 * static_cast<float>(view.layout.scale));
    const char* format = view.preferences.tooltip_delay < 0.05 ? "no delay" : "%.1f s";
    number_slider("##delay", view.preferences.tooltip_delay, {0, 3, false, false, format});
    row_label(view, "Lane colours");
    for (int lane = 0; lane < 4; ++lane) {
        ImGui::AlignTextToFramePadding();
        ImGui::TextColored(lane_tone(lane), "Lane %d", lane + 1);
        if (lane < 3) ImGui::SameLine();
    }
    row_note(view, "These can be told apart with any kind of colour blindness, in every theme.");
}

void playing(View& view) {
    Preferences& now = view.preferences;
    row_label(view, "Other windows");
    ImGui::Checkbox("Pause while another window is used", &now.pause_unfocused);
    row_label(view, "No keys for a while");
    static constexpr int minutes[] = {0, 1, 2, 5, 10, 30, 60};
    auto words = [](int after) {
        return after == 0   ? std::string("Keep playing")
               : after == 1 ? std::string("Pause after a minute")
                            : "Pause after " + std::to_string(after) + " minutes";
    };
    ImGui::SetNextItemWidth(220 * static_cast<float>(view.layout.scale));
    if (ImGui::BeginCombo("##after", words(now.pause_after).c_str())) {
        for (int after : minutes)
            if (ImGui::Selectable(words(after).c_str(), after == now.pause_after)) now.pause_after = after;
        ImGui::EndCombo();
    }
    row_note(view,
             "The game goes on as soon as you are back. It never pauses by itself while something is recorded; a "
             "session that is being watched, or a game that the world's own player plays, needs no touch.");
    row_label(view, "Keys");
    if (ImGui::Button("Change keys")) view.acts.push_back(Act::change_keys);
}

void panels(View& view) {
    row_label(view, "Sections");
    const float left = ImGui::GetCursorPosX();
    for (const SectionName& it : section_names) {
        bool shown = !view.layout.hidden_sections.contains(it.section);
        ImGui::SetCursorPosX(left);
        if (ImGui::Checkbox(it.name, &shown))
            shown ? void(view.layout.hidden_sections.erase(it.section))
                  : void(view.layout.hidden_sections.insert(it.section));
    }
    row_note(view, "A right-click on a section's heading hides it, too.");
    row_label(view, "Sizes");
    ImGui::BeginDisabled(view.layout.reach == Reach{});
    if (ImGui::Button("Reset all sizes")) view.layout.reach = {};
    ImGui::EndDisabled();
    row_note(view,
             "Drag the edge of a side panel, or the upper edge of the plots and the film strip. A double-click on an "
             "edge brings its usual size back.");
}

struct Part {
    const char* name;
    void (*draw)(View&);
};
constexpr Part parts[] = {{"Appearance", appearance}, {"Playing", playing},          {"Panels", panels},
                          {"Folders", folders_part},  {"Computing", computing_part}, {"About", about_part}};

float label_width(const View& view) {
    return std::min(170 * static_cast<float>(view.layout.scale), ImGui::GetWindowWidth() * 0.3f);
}

}  // namespace

void row_label(const View& view, const char* label) {
    if (ImGui::GetCursorPosY() > ImGui::GetStyle().WindowPadding.y + 1)
        ImGui::Dummy({0, 2 * static_cast<float>(view.layout.scale)});
    const float left = ImGui::GetCursorPosX(), width = label_width(view);
    ImGui::AlignTextToFramePadding();
    ImGui::TextColored(palette::muted, "%s", fitted(label, width).c_str());
    ImGui::SameLine(left + width + ImGui::GetStyle().ItemSpacing.x);
}

void row_note(const View& view, const std::string& words) {
    ImGui::SetCursorPosX(ImGui::GetCursorStartPos().x + label_width(view) + ImGui::GetStyle().ItemSpacing.x);
    ImGui::PushFont(fonts().small);
    ImGui::PushTextWrapPos(0);
    ImGui::TextColored(palette::muted, "%s", words.c_str());
    ImGui::PopTextWrapPos();
    ImGui::PopFont();
}

void settings_page(View& view, const Box& window) {
    SettingsPage& page = view.settings_page;
    if (!page.open) return;
    const float scale = static_cast<float>(view.layout.scale);
    begin_page(view, "Settings", 900, window, 600);
    const std::string close = key_of(view, Act::close), rest = std::string(view.world ? "The game waits. " : "") +
                                                               (close.empty() ? "" : close + " closes.");
    ImGui::AlignTextToFramePadding();
    ImGui::TextColored(palette::muted, "%s", fitted(rest, ImGui::GetContentRegionAvail().x).c_str());
    ImGui::Dummy({0, 4 * scale});
    // Names beside the part where there is room, else above it.
    const bool beside = ImGui::GetWindowWidth() >= 620 * scale;
    const float gap = ImGui::GetStyle().ItemInnerSpacing.x, right = ImGui::GetWindowContentRegionMax().x;
    if (beside) ImGui::BeginChild("names", {132 * scale, 0});
    for (int i = 0; i < static_cast<int>(std::size(parts)); ++i) {
        const float width = button_width(parts[i].name);
        if (!beside && i > 0 && ImGui::GetItemRectMax().x - ImGui::GetWindowPos().x + gap + width <= right)
            ImGui::SameLine(0, gap);
        const bool on = page.chosen == i;
        if (!on) ImGui::PushStyleColor(ImGuiCol_Button, {0, 0, 0, 0});
        ImGui::PushStyleVar(ImGuiStyleVar_ButtonTextAlign, {0, 0.5f});
        if (toggle(parts[i].name, on, {beside ? ImGui::GetContentRegionAvail().x : 0, 0})) page.chosen = i;
        ImGui::PopStyleVar();
        if (!on) ImGui::PopStyleColor();
    }
    if (beside) ImGui::EndChild(), ImGui::SameLine(0, 20 * scale);
    else ImGui::Dummy({0, 2 * scale});
    ImGui::BeginChild(parts[page.chosen].name);  // each scrolls by itself
    parts[page.chosen].draw(view);
    ImGui::EndChild();
    // Escape closes it as an act (App::close), after a list and after what is typed.
    if (end_page(view, false)) view.acts.push_back(Act::settings_page);
}

}  // namespace drift
