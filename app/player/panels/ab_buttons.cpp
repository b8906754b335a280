#include "player/panels/ab_buttons.h"

#include <cctype>
#include <string>

#include "player/panels/preset_row.h"
#include "player/panels/widgets.h"

namespace drift {
namespace {

void explain(const View& view, char side) {
    if (!ImGui::IsItemHovered()) return;
    ImGui::BeginTooltip();
    ImGui::PushTextWrapPos(ImGui::GetFontSize() * 22);
    if (side == view.ab().playing())
        ImGui::Text("%c plays: the sliders change it, and %c keeps what it has.", side, view.ab().waiting());
    else if (view.ab().other)
        ImGui::Text("Play %c. %c keeps what plays now.", side, view.ab().playing());
    else
        ImGui::Text("Play %c: it begins with %s. %c keeps what plays now.", side,
                    view.settings() == view.world->defaults ? "EDM's start" : "the world's defaults", view.ab().playing());
    ImGui::PushFont(fonts().small);
    std::vector<std::string> lines = differences(view.ab(), view.settings(), view.world->defaults);
    for (const std::string& line : lines) ImGui::TextColored(palette::muted, "%s", line.c_str());
    if (lines.empty()) ImGui::TextColored(palette::muted, "A and B are the same.");
    std::string hint = "right-click copies one to the other";
    for (const Binding& binding : bindings())
        if (binding.act == Act::flip_ab)
            if (auto keys = free_keys(binding, view.world->actions); !keys.empty()) hint = keys.front() + " flips, " + hint;
    hint.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(hint.front())));
    ImGui::TextColored(palette::accent, "%s", hint.c_str());
    ImGui::PopFont();
    ImGui::PopTextWrapPos();
    ImGui::EndTooltip();
}

void copy_menu(View& view) {
    if (!ImGui::BeginPopupContextItem()) return;
    SamplerSettings other = waiting_settings(view.ab(), view.settings(), view.world->defaults);
    bool differ = other != view.settings();
    std::string out = std::string("Copy ") + view.ab().playing() + " to " + view.ab().waiting(), in = std::string("Copy ") + view.ab().waiting() + " to " + view.ab().playing();
    if (ImGui::MenuItem(out.c_str(), nullptr, false, differ)) view.ab().other = view.settings();
    if (ImGui::MenuItem(in.c_str(), nullptr, false, differ)) {
        view.ab().other = other;
        view.settings() = other;
    }
    ImGui::EndPopup();
}

}  // namespace

void ab_buttons(View& view, float width, float gap) {
    for (char side : {'A', 'B'}) {
        const char label[] = {side, 0};
        if (side == 'B') ImGui::SameLine(0, gap / 2);
        if (toggle(label, side == view.ab().playing(), {width, 0}) && side != view.ab().playing()) flip_ab(view);
        explain(view, side);
        copy_menu(view);
    }
}

void flip_ab(View& view) {
    if (!view.world) return;
    bool first = !view.ab().other;
    view.settings() = flip(view.ab(), view.settings(), view.world->defaults);
    std::string begins = !first ? "" : view.settings() == view.world->defaults ? ", from the world's defaults," : ", from EDM's start,";
    view.say(std::string(1, view.ab().playing()) + begins + " plays; " + view.ab().waiting() + " keeps the settings of before");
}

}  // namespace drift
