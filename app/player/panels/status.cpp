// The status bar at the bottom: what the play does now, what was said last, where help is.
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

bool at_end(const View& view) {
    return view.recording.watch && view.step && view.step->position + 1 >= view.recording.watch->events;
}

State state(const View& view) {
    if (!view.world) return {view.stopped ? "STOPPED" : "LOADING", view.stopped ? palette::coral : palette::muted};
    if (!view.playback.paused() && at_end(view)) return {"END OF SESSION", palette::amber};
    if (view.recording.watch && !view.playback.paused()) return {"WATCHING", palette::accent};
    if (view.playback.paused()) return {view.recording.watch ? "WATCHING, PAUSED" : "PAUSED", palette::amber};
    if (view.playback.turbo) return {"TURBO", palette::coral};
    if (view.playback.speed != 1) return {view.playback.speed < 1 ? "SLOW" : "FAST", palette::amber};
    return {"PLAYING", palette::accent};
}

}  // namespace

void status_bar(View& view, const Box& box) {
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
        say("Loading " + fitted(printable(world_name(view.opening)), 240 * scale) + " ...", palette::amber,
            fonts().text);
    if (view.world && view.step) {
        double rate = view.meters.rate(view.now), asked = view.world->rate * view.controls().speed;
        if (!view.playback.paused() && rate > 0 && !at_end(view))
            say(decimals(rate, 1) + (asked > 0 ? " of " + decimals(asked, asked < 10 ? 2 : 0) : "") + " fps",
                palette::text, fonts().text);
        say("frame " + std::to_string(view.step->index), palette::muted, fonts().text);
    }
    auto recorded = [&](const std::string& text) {
        draw.AddCircleFilled({x + 5 * scale, middle}, 5 * scale, colour(palette::coral), 16);
        x += 17 * scale;
        say(text, palette::coral, fonts().strong);
    };
    std::string room = view.recording.free_bytes > 0
                           ? ", " + size_words(static_cast<double>(view.recording.free_bytes)) + " free"
                           : "";
    if (!view.recording.state.file.empty())
        recorded("REC " + clock_words(view.now - view.recording.since) + "  " +
                 size_words(static_cast<double>(view.recording.state.bytes)) + room);
    if (!view.recording.window.empty()) recorded("WINDOW " + clock_words(view.now - view.recording.window_since));
    std::string hint = key_of(view, Act::help) + " keys    " + key_of(view, Act::panels) + " panels";
    float hint_width = ImGui::CalcTextSize(hint.c_str()).x, hint_x = box.x + box.width - 16 * scale - hint_width;
    bool said = view.notice.shown(view.now);
    if (said) {
        draw.PushClipRect({x, box.y}, {box.x + box.width - 16 * scale, box.y + box.height}, true);
        float notice_width = ImGui::CalcTextSize(view.notice.text().c_str()).x;
        if (x + notice_width > hint_x - 18 * scale)
            hint_x = box.x + box.width;  // what was said is worth more than the hint
        draw.AddText({x, text_y}, colour(palette::text), view.notice.text().c_str());
        draw.PopClipRect();
    }
    if (hint_x > x && hint_x + hint_width <= box.x + box.width)
        draw.AddText({hint_x, text_y}, colour(palette::muted), hint.c_str());
    ImGui::End();
    ImGui::PopStyleColor();
    ImGui::PopStyleVar(2);
}

}  // namespace drift
