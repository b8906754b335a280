#include "player/panels/ab_buttons.h"

#include <string>

#include "player/lanes.h"
#include "player/panels/preset_row.h"
#include "player/panels/widgets.h"

namespace drift {
namespace {

void explain(const View& view, char side) {
    if (!hovered_long()) return;
    begin_tooltip();
    if (side == view.ab().playing())
        ImGui::Text("%c is playing: the sliders change it. %c is unchanged.", side, view.ab().waiting());
    else if (view.ab().other) ImGui::Text("Switch to %c. %c keeps the current settings.", side, view.ab().playing());
    else
        ImGui::Text("Switch to %c, which starts from %s. %c keeps the current settings.", side,
                    view.settings() == view.world->defaults ? "EDM's start" : "the world's defaults",
                    view.ab().playing());
    ImGui::PushFont(fonts().small);
    std::vector<std::string> lines = differences(view.ab(), view.settings(), view.world->defaults);
    for (const std::string& line : lines) ImGui::TextColored(palette::muted, "%s", line.c_str());
    if (lines.empty()) ImGui::TextColored(palette::muted, "A and B are the same.");
    std::string hint = "Right-click to copy one to the other";
    for (const Binding& binding : bindings())
        if (binding.act == Act::flip_ab)
            if (auto keys = free_keys(binding, view.world->actions, view.keyboard); !keys.empty())
                hint = keys.front() + " switches. " + hint;
    ImGui::TextColored(palette::accent, "%s", hint.c_str());
    ImGui::PopFont();
    end_tooltip();
}

void copy_menu(View& view) {
    if (!ImGui::BeginPopupContextItem()) return;
    SamplerSettings other = waiting_settings(view.ab(), view.settings(), view.world->defaults);
    bool differ = other != view.settings();
    std::string out = std::string("Copy ") + view.ab().playing() + " to " + view.ab().waiting(),
                in = std::string("Copy ") + view.ab().waiting() + " to " + view.ab().playing();
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
    if (view.recorded(view.lanes.chosen)) return view.say(fixed_reason(view));
    bool first = !view.ab().other;
    view.settings() = flip(view.ab(), view.settings(), view.world->defaults);
    std::string begins = !first ? "" : view.settings() == view.world->defaults ? " (world defaults)" : " (EDM's start)";
    view.say(std::string("Now on ") + view.ab().playing() + begins + ". " + view.ab().waiting() + " is unchanged");
}

}  // namespace drift
