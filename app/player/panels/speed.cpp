// The panel "Speed": what the network reaches, against what the world asks for.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>

#include "player/panels/panels.h"
#include "player/panels/widgets.h"

namespace drift {
namespace {

// 1, 2 or 5 times a power of ten, at or above the value: a scale that seldom changes.
float round_up(float value) {
    float power = std::pow(10.0f, std::floor(std::log10(std::max(value, 0.1f))));
    for (float factor : {1.0f, 2.0f, 5.0f})
        if (factor * power >= value) return factor * power;
    return 10 * power;
}

}  // namespace

void speed_panel(View& view) {
    if (!view.world) return;
    const Meters& meters = view.meters;
    double asked = view.world->rate * view.controls().speed, rate = view.paused() ? 0 : meters.rate(view.now);
    // Two in a hundred below is the clock's own grain.
    bool slow = asked > 0 && rate > 0 && rate < 0.95 * asked;
    char unit[64];
    if (asked > 0) std::snprintf(unit, sizeof unit, "of %g", asked);
    else std::snprintf(unit, sizeof unit, "turbo");
    figure(view.paused() ? "paused"
           : rate > 0    ? decimals(rate, 1)
                         : "...",
           view.paused() ? "" : unit, "frames per second", slow ? palette::amber : palette::text);
    float step = static_cast<float>(meters.step_ms(0.5)), worst = static_cast<float>(meters.step_ms(0.99));
    float budget = 1000.0f / static_cast<float>(view.world->rate);
    series(view,
           {"step times", 62, 0, round_up(std::max(worst * 1.1f, budget * 1.2f)), palette::accent, "ms per frame",
            budget, "the world's rate"},
           meters.step_times(), Meters::kept);
    fact("Frame, median", decimals(step, 1) + " ms");
    fact("Frame, 99th percentile", decimals(worst, 1) + " ms");
    fact("Network call", decimals(meters.call_ms(), 1) + " ms");
    std::string window = std::to_string(view.looks) + "/s";
    if (view.draws + 2 < view.looks) window += ", " + std::to_string(view.draws) + " drawn";
    fact("UI loop", window);
    tooltip("How often the window checks for keys and frames. When the CPU does the drawing, only changes are drawn.");
}

}  // namespace drift
