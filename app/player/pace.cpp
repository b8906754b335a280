#include "player/pace.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "player/view.h"

namespace drift {
namespace {

constexpr double settling = 1.5;   // seconds after a change until the meters know what it has brought
constexpr double cautious = 0.8;   // of a frame's time: what is raised must hold easily, or it would swing
constexpr double long_wait = 1.5;  // seconds
constexpr double enough = 0.95;    // of the rate that was asked

std::string number(double value) {
    char text[32];
    std::snprintf(text, sizeof text, value < 10 && value != std::round(value) ? "%.1f" : "%.0f", value);
    return text;
}

SamplerSettings unguided(SamplerSettings settings) {
    settings.action_guidance = settings.history_guidance = settings.auto_guidance = 1;
    for (SamplerSettings& upsampler : settings.upsampler) upsampler = unguided(upsampler);
    return settings;
}

bool guided(const SamplerSettings& settings) { return network_calls(settings) > network_calls(unguided(settings)); }

int most_calls(const std::vector<SamplerSettings>& lanes) {
    int calls = 0;
    for (const SamplerSettings& lane : lanes) calls = std::max(calls, network_calls(lane));
    return calls;
}

int most_steps(const std::vector<SamplerSettings>& lanes) {
    int steps = 0;
    for (const SamplerSettings& lane : lanes)
        steps =
            std::max(steps, lane.schedule == Schedule::list ? static_cast<int>(lane.sigma_list.size()) : lane.steps);
    return steps;
}

// Milliseconds of a frame with at most so many steps.
double cost(const Load& load, int steps) {
    int calls = 0;
    for (const SamplerSettings& lane : load.lanes) calls = std::max(calls, network_calls(with_at_most(lane, steps)));
    return calls * load.call_ms * load.times + load.beside_ms;
}

std::string would_hold(int steps) {
    return number(steps) + (steps == 1 ? " denoising step" : " denoising steps") + " would hold the rate";
}

}  // namespace

Load load_of(const View& view) {
    Load load;
    if (!view.world) return load;
    load.asked = view.playback.turbo ? 0 : view.world->rate * view.playback.speed;
    const bool checking = view.recording.watch && view.recording.watch->checking;
    load.rate = view.paused() || view.playback.rewinding || checking ? 0 : view.meters.rate(view.now);
    const Meters::Recent recent = view.meters.recent();
    load.call_ms = recent.call_ms, load.truth_ms = recent.truth_ms;
    load.awaited = load.rate > 0 ? view.meters.awaited(view.now) : 0;
    const Controls controls = view.controls();
    for (const LanePlan& lane : controls.direction.lanes)
        if (!view.recorded(lane.lane)) load.lanes.push_back(lane.settings);
    load.unsure = view.difference.mode == DifferenceView::Mode::uncertainty;
    if (!too_slow(load)) return load;  // what is beside the calls is waiting, then
    // Of the picture "unsure" it is more calls, of all else it stays the same.
    const double calls = most_calls(load.lanes) * load.call_ms;
    if (!load.unsure) load.beside_ms = recent.beside_ms;
    else if (calls > 0) load.times = std::max(1.0, (calls + recent.beside_ms) / calls);
    return load;
}

bool too_slow(const Load& load) { return load.asked > 0 && load.rate > 0 && load.rate < enough * load.asked; }

SamplerSettings with_at_most(SamplerSettings settings, int steps) {
    settings.steps = std::min(settings.steps, steps);
    for (SamplerSettings& upsampler : settings.upsampler) upsampler = with_at_most(upsampler, steps);
    return settings;
}

int steps_that_hold(const Load& load, double share) {
    if (load.asked <= 0) return most_steps(load.lanes);
    int steps = 0;
    for (int most = most_steps(load.lanes); steps < most && cost(load, steps + 1) <= share * 1000 / load.asked;)
        ++steps;
    return steps;
}

std::string why_slow(const Load& load) {
    if (!too_slow(load)) return "";
    const std::string rates = number(load.rate) + " of " + number(load.asked) + " fps";
    // Far longer than any of the last ones took: what holds it up is not known yet.
    if (load.awaited > std::max(long_wait, 4 * cost(load, most_steps(load.lanes)) / 1000))
        return rates + "; the next frame has been awaited for " + number(std::floor(load.awaited)) + " s";
    if (load.truth_ms > 1000 / load.asked)
        return rates + "; the real game takes " + number(load.truth_ms) + " ms of each frame";
    if (load.lanes.empty() || load.call_ms <= 0) return rates;
    const int steps = most_steps(load.lanes), holds = steps_that_hold(load);
    const bool guidance = std::any_of(load.lanes.begin(), load.lanes.end(), guided);
    const bool list = std::all_of(load.lanes.begin(), load.lanes.end(),
                                  [](const SamplerSettings& lane) { return lane.schedule == Schedule::list; });
    std::string why = load.lanes.size() > 1 ? std::to_string(load.lanes.size()) + " lanes, " : "";
    why += std::to_string(steps) + " denoising step" + (steps == 1 ? "" : "s");
    if (guidance) why += " with guidance";
    if (load.unsure) why += guidance ? " and the picture Unsure" : " with the picture Unsure";
    why += ": " + rates;
    // What is dreamed would fit: the time goes elsewhere.
    if (holds >= steps)
        return why + "; the network needs only " + number(most_calls(load.lanes) * load.call_ms) + " of " +
               number(1000 / load.rate) + " ms";
    if (holds > 0 && !list) return why + "; " + would_hold(holds);
    Load less = load;
    if (load.unsure) {
        less.unsure = false, less.times = 1;
        if (int without = steps_that_hold(less); without > 0) return why + "; without Unsure " + would_hold(without);
    }
    for (SamplerSettings& lane : less.lanes) lane = unguided(lane);
    if (int without = steps_that_hold(less); guidance && without > 0)
        return why + "; without guidance " + would_hold(without);
    if (load.beside_ms > 1000 / load.asked)
        return why + "; " + number(load.beside_ms) + " ms of each frame are not the network's";
    if (load.lanes.size() > 1) return why + "; fewer lanes would help";
    return why + (list ? "; fewer sigmas would help" : "; one network call takes " + number(load.call_ms) + " ms");
}

void set_hold(View& view, bool on) {
    const int most = view.playback.hold.most;
    view.playback.hold = {};
    view.playback.hold.on = on;
    view.playback.hold.changed_at = view.now;
    view.meters.pause();
    if (on) view.say("The rate is held: denoising steps are lowered where they must be");
    else
        view.say(most > 0 ? "The rate is no longer held: denoising steps are as the sliders say"
                          : "The rate is no longer held");
}

void hold_rate(View& view) {
    Hold& hold = view.playback.hold;
    if (!hold.on || !view.world || view.now < hold.changed_at + settling) return;
    Load load = load_of(view);
    if (load.rate <= 0 || load.call_ms <= 0 || load.lanes.empty()) return;
    if (load.asked != hold.asked || load.unsure != hold.unsure)
        hold.beside_ms = 0, hold.times = 1, hold.asked = load.asked, hold.unsure = load.unsure;
    const bool slow = too_slow(load);
    if (slow) hold.beside_ms = load.beside_ms, hold.times = load.times;
    else load.beside_ms = hold.beside_ms, load.times = hold.times;
    const int now = most_steps(load.lanes);
    for (std::size_t i = 0, k = 0; i < view.lanes.all.size() && k < load.lanes.size(); ++i)
        if (const Lane& lane = view.lanes.all[i]; !view.recorded(lane.number)) load.lanes[k++] = lane.settings;
    const int wanted = most_steps(load.lanes);
    const int holds = steps_that_hold(load, slow ? enough : cautious);
    const bool in_vain = holds == 0 && load.beside_ms > 1000 / load.asked;  // fewer steps would gain nothing
    const int most = in_vain ? wanted : std::max(1, std::min(wanted, holds));
    if (slow && !in_vain ? most >= now : most <= now) return;
    hold.most = most < wanted ? most : 0;
    hold.changed_at = view.now;
    view.meters.pause();
    const std::string steps = std::to_string(wanted) + " denoising steps";
    if (hold.most > 0)
        view.say(std::to_string(most) + " of " + steps +
                 (holds > 0 ? ", so that " + number(load.asked) + " fps hold"
                            : ": as near to " + number(load.asked) + " fps as it goes"));
    else view.say("All " + steps + (in_vain ? " again: fewer would not hold the rate" : " again: the rate holds"));
}

}  // namespace drift
