// The panel "Speed": what the network reaches, against what the world asks for.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <iterator>
#include <string>

#include "core/ticks.h"
#include "player/panels/panels.h"
#include "player/panels/series.h"
#include "player/panels/widgets.h"

namespace drift {
namespace {

void speed_buttons(View& view) {
    const float gap = 2 * static_cast<float>(view.layout.scale), count = static_cast<float>(std::size(speeds)) + 1.7f;
    const float width = (ImGui::GetContentRegionAvail().x - std::size(speeds) * gap) / count;
    ImGui::PushFont(fonts().small);
    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {0, ImGui::GetStyle().FramePadding.y});
    for (double speed : speeds) {
        char label[16];
        std::snprintf(label, sizeof label, "%.3g", speed);
        if (toggle(label, !view.playback.turbo && view.playback.speed == speed, {width, 0})) set_speed(view, speed);
        tooltip((std::string(label) + " times the world's rate, " + decimals(view.world->rate * speed, 1) +
                 " frames a second (" + key_of(view, Act::slower) + ", " + key_of(view, Act::faster) + ")")
                    .c_str());
        ImGui::SameLine(0, gap);
    }
    if (toggle("Turbo", view.playback.turbo, {ImGui::GetContentRegionAvail().x, 0})) view.acts.push_back(Act::turbo);
    tooltip(("As fast as the network goes (" + key_of(view, Act::turbo) + ")").c_str());
    ImGui::PopStyleVar();
    ImGui::PopFont();
}

void hold_switch(View& view) {
    const Hold& hold = view.playback.hold;
    bool on = hold.on;
    if (ImGui::Checkbox("Hold the rate", &on)) view.acts.push_back(Act::hold_rate);
    tooltip(
        "Where the network is too slow, fewer denoising steps are asked of it than the slider says, and more again as "
        "soon as there is time. Your number stays in the slider. Lanes of a recording are left as they are.");
}

void held_steps(const View& view) {
    const Hold& hold = view.playback.hold;
    if (!hold.on || hold.most == 0) return;
    ImGui::TextColored(palette::amber, "At most %d denoising step%s", hold.most, hold.most == 1 ? "" : "s");
    tooltip("Of each frame, as long as the rate is held.");
}

void look_ahead_switch(View& view) {
    bool on = view.playback.look_ahead;
    if (ImGui::Checkbox("Imagine ahead", &on)) view.acts.push_back(Act::look_ahead);
    tooltip(
        "The next frame is begun before it is due, with the keys you hold, and begun again if you press or release one "
        "in time, so keys show sooner. The same keys give the same frames with and without.");
}

void latency_facts(const Meters& meters) {
    const char* what =
        "From a key's event to the moment the first picture that answers it is handed to the display. The keyboard's "
        "and "
        "the display's own delays come on top.";
    const bool known = meters.answers() > 0;
    fact("Key to picture, median", known ? decimals(meters.answer_ms(0.5), 0) + " ms" : "-");
    tooltip(what);
    fact("Key, 99th percentile", known ? decimals(meters.answer_ms(0.99), 0) + " ms" : "-");
    tooltip(what);
}

}  // namespace

void speed_panel(View& view) {
    if (!view.world) return;
    speed_buttons(view);
    const Meters& meters = view.meters;
    const Load load = load_of(view);
    const double asked = load.asked, rate = load.rate;
    const bool slow = too_slow(load);
    char unit[64];
    if (asked > 0) std::snprintf(unit, sizeof unit, "of %g", asked);
    else std::snprintf(unit, sizeof unit, "turbo");
    figure(view.paused() ? "paused"
           : rate > 0    ? decimals(rate, 1)
                         : "...",
           view.paused() ? "" : unit, "frames per second", slow ? palette::amber : palette::text);
    // What comes and goes is below the switches, or they would move under the mouse.
    if (view.dreamed()) hold_switch(view), look_ahead_switch(view), held_steps(view);
    ImGui::PushTextWrapPos(0);
    if (slow) ImGui::TextColored(palette::amber, "%s", why_slow(load).c_str());
    ImGui::PopTextWrapPos();
    float step = static_cast<float>(meters.step_ms(0.5)), worst = static_cast<float>(meters.step_ms(0.99));
    float budget = 1000.0f / static_cast<float>(view.world->rate);
    // Up to a round number, so that the scale seldom changes.
    auto most = static_cast<float>(tick_step(static_cast<double>(std::max(worst * 1.1f, budget * 1.2f)), 1));
    series(view, {"step times", 62, 0, most, palette::accent, "ms", budget, "the world's rate", {}},
           meters.step_times(), Meters::kept);
    fact(view.dreamed() ? "Dream, median" : "Frame, median", decimals(step, 1) + " ms");
    if (view.dreamed()) tooltip("How long the network takes for a frame. The real game's time comes on top.");
    fact(view.dreamed() ? "Dream, 99th percentile" : "Frame, 99th percentile", decimals(worst, 1) + " ms");
    if (view.dreamed()) fact("Network call", decimals(meters.call_ms(), 1) + " ms");
    if (view.dreamed() && view.step && !view.step->truth.empty())
        fact("Real game", decimals(meters.recent().truth_ms, 1) + " ms");
    latency_facts(meters);
    std::string window = std::to_string(view.looks) + "/s";
    if (view.draws + 2 < view.looks) window += ", " + std::to_string(view.draws) + " drawn";
    fact("UI loop", window);
    tooltip("How often the window checks for keys and frames. When the CPU does the drawing, only changes are drawn.");
}

}  // namespace drift
