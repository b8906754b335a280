// The command palette: a field over the picture; what answers to what is typed stands below it, to be chosen by keys or the mouse.
#include <algorithm>
#include <cmath>
#include <string>

#include "player/panels/choices.h"
#include "player/panels/panels.h"
#include "player/panels/widgets.h"

namespace drift {
namespace {

constexpr int rows = 11;

struct State {
    char typed[128] = "";
    int chosen = 0;
    ImVec2 mouse = {-1, -1};  // where it was: only one that moves chooses
};

bool pressed(ImGuiKey key, bool repeat = false) { return ImGui::IsKeyPressed(ImGui::GetKeyIndex(key), repeat); }

void row(const Choice& choice, ImVec2 at, float width, float height, float scale) {
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    float pad = 10 * scale;
    auto text = [&](float x, const std::string& words, const ImVec4& tone) {
        draw.AddText({x, at.y + (height - ImGui::GetFontSize()) / 2}, colour(tone), words.c_str());
    };
    // In a narrow window the name alone.
    const bool kind = width >= 420 * scale, note = width >= 300 * scale;
    ImGui::PushFont(fonts().small);
    if (kind) text(at.x + pad, choice.kind, palette::muted);
    std::string noted = note ? fitted(choice.note, width * 0.35f) : "";
    float noted_width = ImGui::CalcTextSize(noted.c_str()).x;
    text(at.x + width - pad - noted_width, noted, palette::accent);
    ImGui::PopFont();
    float left = kind ? 96 * scale : pad, room = width - left - pad - (noted_width > 0 ? noted_width + pad : 0);
    text(at.x + left, fitted(choice.name, room), palette::text);
}

// Draws them and returns the one that was clicked, or -1.
int list(const std::vector<Choice>& all, State& state, bool by_key, float room, float scale) {
    float line = std::round(28 * scale), width = 0;
    int clicked = -1;
    ImVec2 mouse = ImGui::GetIO().MousePos;
    bool moved = mouse.x != state.mouse.x || mouse.y != state.mouse.y;
    state.mouse = mouse;
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, 0});
    const int shown = std::min({static_cast<int>(all.size()), rows, static_cast<int>(room / line)});
    ImGui::BeginChild("found", {0, line * static_cast<float>(std::max(shown, 1))}, false, ImGuiWindowFlags_NoNav);
    width = ImGui::GetContentRegionAvail().x;
    if (all.empty()) ImGui::TextColored(palette::muted, "Nothing is called that");
    for (int i = 0; i < static_cast<int>(all.size()); ++i) {
        ImGui::PushID(i);
        ImVec2 at = ImGui::GetCursorScreenPos();
        if (ImGui::InvisibleButton("##choice", {width, line})) clicked = i;
        if (moved && ImGui::IsItemHovered()) state.chosen = i;
        if (i == state.chosen) {
            ImGui::GetWindowDrawList()->AddRectFilled(at, {at.x + width, at.y + line}, colour(palette::accent_deep),
                                                      5 * scale);
            if (by_key) ImGui::SetScrollHereY(0.5f);
        }
        if (ImGui::IsItemVisible()) row(all[static_cast<std::size_t>(i)], at, width, line, scale);
        ImGui::PopID();
    }
    ImGui::EndChild();
    ImGui::PopStyleVar();
    return clicked;
}

}  // namespace

void command_palette(View& view, const Box& window, const Box& picture) {
    static State state;
    static bool open = false;
    const bool begins = view.layout.palette && !open;
    open = view.layout.palette;
    if (!open) return;
    if (begins) state = {};
    float scale = static_cast<float>(view.layout.scale), width = std::min(640 * scale, window.width - 16);
    float left = std::clamp(picture.x + (picture.width - width) / 2, 8.0f, std::max(8.0f, window.width - 8 - width));
    ImGui::SetNextWindowPos({std::round(left), std::round(std::min(54 * scale, window.height / 10))});
    ImGui::SetNextWindowSize({width, 0});
    ImGui::PushStyleColor(ImGuiCol_WindowBg, ImGui::GetStyleColorVec4(ImGuiCol_PopupBg));
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {10 * scale, 10 * scale});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, 9 * scale);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 1);
    ImGui::Begin("command palette", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                     ImGuiWindowFlags_AlwaysAutoResize | ImGuiWindowFlags_NoNav);
    // The keyboard is its field's as long as it is open, whatever was clicked.
    if (begins || (!ImGui::IsAnyItemActive() && !ImGui::IsMouseDown(0))) ImGui::SetKeyboardFocusHere();
    ImGui::SetNextItemWidth(-1);
    bool entered = ImGui::InputTextWithHint("##typed", "Find a command, setting, preset, world or recording",
                                            state.typed, sizeof state.typed, ImGuiInputTextFlags_EnterReturnsTrue);
    const bool edited = ImGui::IsItemEdited();
    if (edited) state.chosen = 0;
    std::vector<Choice> all = found(choices(view), state.typed);
    const int count = static_cast<int>(all.size());
    int step = (pressed(ImGuiKey_DownArrow, true) ? 1 : 0) - (pressed(ImGuiKey_UpArrow, true) ? 1 : 0) +
               (pressed(ImGuiKey_PageDown, true) ? rows - 1 : 0) - (pressed(ImGuiKey_PageUp, true) ? rows - 1 : 0);
    state.chosen = std::clamp(state.chosen + step, 0, std::max(0, count - 1));
    ImGui::Dummy({0, 2 * scale});
    const float below = window.height - ImGui::GetCursorScreenPos().y - ImGui::GetStyle().WindowPadding.y;
    int chosen = list(all, state, step != 0 || edited, below, scale);
    if (entered && count > 0) chosen = state.chosen;
    bool elsewhere = !begins && clicked_elsewhere(view);
    ImGui::End();
    ImGui::PopStyleVar(3);
    ImGui::PopStyleColor();
    if (chosen >= 0) all[static_cast<std::size_t>(chosen)].choose(view);
    if (chosen >= 0 || elsewhere || pressed(ImGuiKey_Escape)) view.layout.palette = false;
}

}  // namespace drift
