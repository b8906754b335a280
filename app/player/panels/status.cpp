// The status bar at the bottom: what the play does now, what was said last, where help is.
#include <cmath>
#include <string>

#include "core/error.h"
#include "player/panels/panels.h"
#include "player/panels/widgets.h"

namespace drift {
namespace {

struct State {
    const char* name;
    ImVec4 tone;
};

State state(const View& view) {
    if (!view.world) return {view.stopped ? "STOPPED" : "LOADING", view.stopped ? palette::coral : palette::muted};
    if (!view.opening.empty()) return {"LOADING", palette::amber};
    if (!view.paused() && view.session_over()) return {"END OF SESSION", palette::amber};
    if (view.recording.watch && !view.paused()) return {"WATCHING", palette::accent};
    if (view.paused()) return {view.recording.watch ? "WATCHING, PAUSED" : "PAUSED", palette::amber};
    if (view.playback.turbo) return {"TURBO", palette::coral};
    if (view.playback.speed != 1) return {view.playback.speed < 1 ? "SLOW" : "FAST", palette::amber};
    return {"PLAYING", palette::accent};
}

// What helps on, as buttons at the right with their keys: as many as there is room for.
void hints(View& view, float right, float middle, float room) {
    struct Hint {
        Act act;
        const char* words;
    };
    constexpr Hint all[] = {{Act::help, "help"}, {Act::panels, "panels"}, {Act::command_palette, "find"}};
    ImGui::PushStyleColor(ImGuiCol_Button, {0, 0, 0, 0});
    ImGui::PushStyleColor(ImGuiCol_Text, palette::muted);
    float height = ImGui::GetFrameHeight();
    for (const Hint& hint : all) {
        std::string key = key_of(view, hint.act), text = key + (key.empty() ? "" : " ") + hint.words;
        float width = button_width(text.c_str());
        if (width > room) break;
        room -= width, right -= width + 4 * ImGui::GetStyle().FrameBorderSize;
        ImGui::SetCursorScreenPos({right, std::round(middle - height / 2)});
        if (ImGui::Button(text.c_str(), {width, height})) view.acts.push_back(hint.act);
        tooltip(binding_of(hint.act).meaning);
    }
    ImGui::PopStyleColor(2);
}

// The button beside a notice: its width. Pressed, nothing is left to say.
float offered(View& view, float x, float middle) {
    const char* label = "Reset";
    const float height = ImGui::GetFrameHeight(), width = button_width(label);
    ImGui::SetCursorScreenPos({x, std::round(middle - height / 2)});
    ImGui::PushStyleColor(ImGuiCol_Button, palette::accent_deep);
    if (ImGui::Button(label, {width, height})) view.acts.push_back(*view.notice.act()), view.say("");
    ImGui::PopStyleColor();
    tooltip(binding_of(*view.notice.act()).meaning);
    return width + 10 * static_cast<float>(view.layout.scale);
}

}  // namespace

void status_bar(View& view, const Box& box) {
    if (box.height <= 0) return;
    ImGui::SetNextWindowPos({box.x, box.y});
    ImGui::SetNextWindowSize({box.width, box.height});
    float scale = static_cast<float>(view.layout.scale);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {16 * scale, 0});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowMinSize, {1, 1});
    ImGui::PushStyleColor(ImGuiCol_WindowBg, palette::raised);
    ImGui::Begin("status", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                     ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoNav);
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    float middle = box.y + box.height / 2, text_y = middle - ImGui::GetFontSize() / 2;
    State now = state(view);
    draw.AddCircleFilled({box.x + 20 * scale, middle}, 4.5f * scale, colour(now.tone), 16);
    float x = box.x + 32 * scale;
    auto say = [&](const std::string& text, const ImVec4& tone, ImFont* font) {
        ImGui::PushFont(font);
        draw.AddText({x, middle - ImGui::GetFontSize() / 2}, colour(tone), text.c_str());
        x += ImGui::CalcTextSize(text.c_str()).x + 18 * scale;
        ImGui::PopFont();
    };
    say(now.name, now.tone, fonts().strong);
    if (view.world && !view.opening.empty())
        say(fitted(printable(world_name(view.opening)), 240 * scale) + " ...", palette::amber, fonts().text);
    if (view.world && view.step) {
        const Load load = load_of(view);
        const double rate = load.rate, asked = load.asked;
        const bool slow = too_slow(load);
        std::string rates =
            decimals(rate, 1) + (asked > 0 ? " of " + decimals(asked, asked < 10 ? 2 : 0) : "") + " fps";
        // The reason as well where it has room, and nothing newer is said there.
        if (std::string why = slow ? why_slow(load) : "";
            !why.empty() && !view.notice.shown(view.now) && ImGui::CalcTextSize(why.c_str()).x < box.width * 0.55f)
            rates = why;
        if (rate > 0 && !view.session_over()) say(rates, slow ? palette::amber : palette::text, fonts().text);
        say("frame " + std::to_string(view.step->index), palette::muted, fonts().text);
    }
    auto recorded = [&](const std::string& text) {
        draw.AddCircleFilled({x + 5 * scale, middle}, 5 * scale, colour(palette::coral), 16);
        x += 17 * scale;
        say(text, palette::coral, fonts().strong);
    };
    std::string space = view.recording.free_bytes > 0
                            ? ", " + size_words(static_cast<double>(view.recording.free_bytes)) + " free"
                            : "";
    if (!view.recording.state.file.empty())
        recorded("REC " + clock_words(view.now - view.recording.since) + "  " +
                 size_words(static_cast<double>(view.recording.state.bytes)) + space);
    if (!view.recording.window.empty()) recorded("WINDOW " + clock_words(view.now - view.recording.window_since));
    if (view.recording.exported)
        say("Exporting " + fitted(view.recording.exporting, 200 * scale) + ", " +
                decimals(*view.recording.exported * 100, 0) + " %",
            palette::accent, fonts().text);
    float right = box.x + box.width - 10 * scale, room = right - x;
    if (view.notice.shown(view.now)) {
        const std::string& whole = view.notice.text();
        const std::string text = fitted(whole, room - 6 * scale);
        draw.AddText({x, text_y}, colour(palette::text), text.c_str());
        float wide = ImGui::CalcTextSize(text.c_str()).x + 18 * scale;
        if (text != whole && ImGui::IsMouseHoveringRect({x, box.y}, {x + wide, box.y + box.height})) {
            begin_tooltip();
            ImGui::TextUnformatted(whole.c_str());
            end_tooltip();
        }
        if (view.notice.act()) wide += offered(view, x + wide - 8 * scale, middle);
        room -= wide;  // it is worth more than the hints
    }
    hints(view, right, middle, room);
    ImGui::End();
    ImGui::PopStyleColor();
    ImGui::PopStyleVar(2);
}

}  // namespace drift
