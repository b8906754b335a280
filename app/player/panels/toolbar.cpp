// The toolbar above the picture: what is done often, as small pictures, each with its key in its tooltip.
#include <algorithm>
#include <cmath>
#include <string>

#include "player/panels/choices.h"
#include "player/panels/icons.h"
#include "player/panels/panels.h"
#include "player/panels/widgets.h"

namespace drift {
namespace {

// What the button shows now.
struct Face {
    Icon icon;
    bool lit = false;
    const ImVec4* tone = &palette::text;  // of the icon
};

struct Tool {
    Act act;
    int group;  // those of one stand together
    int rank;  // where there is no room for all, those of the highest are left out first; all are in the command palette
    Face (*face)(const View&);
    Act key = act;  // whose key is said where it has none of its own
};

Face docked(const View& view, Dock dock, Icon icon) { return {icon, view.layout.dock == dock && view.dreamed()}; }

constexpr Tool tools[] = {
    {Act::restart, 0, 2, [](const View&) { return Face{Icon::restart}; }},
    {Act::next_episode, 0, 4, [](const View&) { return Face{Icon::next}; }},
    {Act::rewind, 1, 5,
     [](const View& view) {
         return Face{Icon::rewind, view.playback.rewinding};
     }},
    {Act::pause, 1, 1,
     [](const View& view) {
         bool paused = view.playback.paused();
         return Face{paused ? Icon::play : Icon::pause, paused, paused ? &palette::amber : &palette::text};
     }},
    {Act::slow, 1, 7,
     [](const View& view) {
         return Face{Icon::slow, !view.playback.turbo && view.playback.speed < 1};
     }},
    {Act::turbo, 1, 6,
     [](const View& view) {
         return Face{Icon::turbo, view.playback.turbo};
     }},
    {Act::truth, 2, 2,
     [](const View& view) {
         return Face{Icon::truth, view.layout.truth && view.dreamed()};
     }},
    {Act::plots, 2, 3, [](const View& view) { return docked(view, Dock::drift, Icon::plots); }, Act::dock},
    {Act::film_strip, 2, 4, [](const View& view) { return docked(view, Dock::film, Icon::film); }, Act::dock},
    {Act::record, 3, 3,
     [](const View& view) {
         bool on = !view.recording.state.file.empty();
         return Face{Icon::record, on, on ? &palette::coral : &palette::text};
     }},
    {Act::screenshot, 3, 5, [](const View&) { return Face{Icon::camera}; }},
    {Act::library, 3, 5,
     [](const View& view) {
         return Face{Icon::library, view.library.open};
     }},
    {Act::settings_page, 4, 5,
     [](const View& view) {
         return Face{Icon::settings, view.settings_page.open};
     }},
    {Act::command_palette, 4, 0,
     [](const View& view) {
         return Face{Icon::find, view.layout.palette};
     }},
    {Act::full_screen, 4, 6,
     [](const View& view) { return Face{view.layout.full_screen ? Icon::window : Icon::full_screen}; }},
    {Act::help, 4, 1,
     [](const View& view) {
         return Face{Icon::help, view.layout.help};
     }},
};
constexpr int last_group = 4;  // it stands at the right
constexpr int last_rank = 7;

// Below the bar, so that the other buttons stay in sight; gone from a click until the mouse comes again: a picture of the window is without.
void explain(const View& view, const Tool& tool, ImVec2 at, float side, bool clicked) {
    bool& said = *ImGui::GetStateStorage()->GetBoolRef(ImGui::GetID("said"));
    const bool hovered = ImGui::IsItemHovered(ImGuiHoveredFlags_AllowWhenDisabled);
    said = hovered && (said || clicked);
    if (said || !hovered_long(ImGuiHoveredFlags_AllowWhenDisabled)) return;
    std::string key = key_of(view, tool.act);
    if (key.empty()) key = key_of(view, tool.key);
    bool right = at.x > ImGui::GetIO().DisplaySize.x / 2;
    ImGui::SetNextWindowPos({right ? at.x + side : at.x, at.y + side * 1.2f}, ImGuiCond_Always,
                            {right ? 1.0f : 0.0f, 0});
    tooltip((std::string(binding_of(tool.act).meaning) + (key.empty() ? "" : " (" + key + ")")).c_str());
}

// True where it was clicked; of the one that is held, where it begins to be.
bool button(const View& view, const Tool& tool, float side) {
    ImVec2 at = ImGui::GetCursorScreenPos();
    ImGui::PushID(static_cast<int>(tool.act));
    ImGui::BeginDisabled((!view.world && tool.group != last_group) || (about_dream(tool.act) && !view.dreamed()));
    Face face = tool.face(view);
    if (!face.lit) ImGui::PushStyleColor(ImGuiCol_Button, {0, 0, 0, 0});
    bool done = toggle("##tool", face.lit && face.tone == &palette::text, {side, side});
    if (!face.lit) ImGui::PopStyleColor();
    if (tool.act == Act::rewind) done = ImGui::IsItemActivated();
    draw_icon(*ImGui::GetWindowDrawList(), face.icon, {at.x + side / 2, at.y + side / 2}, side * 0.27f,
              colour(*face.tone));
    ImGui::EndDisabled();
    explain(view, tool, at, side, done);
    ImGui::PopID();
    return done;
}

struct Size {
    float side, gap, apart, margin;  // of a button, between two, between groups, at both ends
};

float needed(int rank, const Size& size) {
    float width = 2 * size.margin - size.apart;
    int group = -1;
    for (const Tool& tool : tools) {
        if (tool.rank > rank) continue;
        width += size.side + (tool.group == group ? size.gap : size.apart);
        group = tool.group;
    }
    return width;
}

}  // namespace

void toolbar(View& view, const Box& box) {
    if (box.height <= 0 || box.width < box.height) return;
    float scale = static_cast<float>(view.layout.scale);
    auto scaled = [&](float side, float gap, float apart, float margin) {
        return Size{std::round(side * scale), std::round(gap * scale), std::round(apart * scale),
                    std::round(margin * scale)};
    };
    // Closer together where there is less room; then without those that matter least.
    Size size = scaled(30, 2, 14, 8);
    int rank = last_rank;
    if (needed(rank, size) > box.width) size = scaled(25, 0, 8, 5);
    while (rank > 0 && needed(rank, size) > box.width) --rank;
    ImGui::SetNextWindowPos({box.x, box.y});
    ImGui::SetNextWindowSize({box.width, box.height});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowMinSize, {1, 1});
    ImGui::Begin("toolbar", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                     ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoNav |
                     ImGuiWindowFlags_NoFocusOnAppearing);
    ImGui::PopStyleVar(2);
    float x = size.margin, right = box.width - size.margin + size.gap;
    for (const Tool& tool : tools)
        if (tool.group == last_group && tool.rank <= rank) right -= size.side + size.gap;
    int group = tools[0].group;
    for (const Tool& tool : tools) {
        if (tool.rank > rank) continue;
        if (tool.group != group) x += size.apart - size.gap;
        if (tool.group == last_group && group != last_group) x = std::max(x, right);
        group = tool.group;
        ImGui::SetCursorPos({x, std::round((box.height - size.side) / 2)});
        if (button(view, tool, size.side)) {
            view.acts.push_back(tool.act);
            if (tool.act == Act::rewind) view.playback.rewinding = true;  // until the mouse's button is let go of
        }
        x += size.side + size.gap;
    }
    ImGui::End();
}

}  // namespace drift
