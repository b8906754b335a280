#include "player/lanes.h"

#include <algorithm>

namespace drift {

void choose_lane(View& view, int number) {
    if (view.lanes.find(number)) view.lanes.chosen = number;
}

void choose_next_lane(View& view) {
    auto& all = view.lanes.all;
    auto next = static_cast<std::size_t>(&view.lanes.edited() - all.data()) + 1;
    view.lanes.chosen = all[next % all.size()].number;
}

void add_lane(View& view, const SamplerSettings& settings) {
    if (view.lanes.all.size() >= most_lanes) return view.say("There are already four lanes");
    // A number that was never used: the thread would go on with the lane that had it. Its colour is none of those that are seen.
    int number = view.lanes.next;
    auto same_colour = [&](const Lane& lane) {
        return lane.number % static_cast<int>(most_lanes) == number % static_cast<int>(most_lanes);
    };
    while (std::any_of(view.lanes.all.begin(), view.lanes.all.end(), same_colour)) ++number;
    view.lanes.next = number + 1;
    view.lanes.all.push_back({number, view.lanes.chosen, settings, false});
    choose_lane(view, number);
}

void add_lane(View& view) {
    if (view.session_over())
        return view.say("Nothing comes after a session's last frame: go back in it, then copy the lane");
    add_lane(view, view.settings());
    view.lanes.alone = -1;
}

void remove_lane(View& view, int number) {
    auto& all = view.lanes.all;
    if (!view.lanes.find(number) || all.size() == 1) return;
    std::erase_if(all, [&](const Lane& lane) { return lane.number == number; });
    if (view.lanes.chosen == number) view.lanes.chosen = all.front().number;
    if (view.lanes.main == number) view.lanes.main = view.lanes.all.front().number;
    if (view.lanes.alone == number) view.lanes.alone = -1;
}

void count_lanes(View& view, const Step& step) {
    for (const LaneStep& lane : step.lanes) view.lanes.next = std::max(view.lanes.next, lane.lane + 1);
}

bool begin_watch(View& view, const Standing& standing) {
    auto& watch = view.recording.watch;
    const bool watched = watch.has_value(),
               other = standing.watch && (!watched || watch->number != standing.watch->number);
    watch = standing.watch;
    view.lanes.cast = standing.cast;
    if (other) {
        view.history = {};
        view.bookmarks.clear();
        view.recording.export_from.reset(), view.recording.export_to.reset();
        view.layout.plots.end.reset();
        view.pause(false);
        for (int lane : watch->lanes) view.lanes.next = std::max(view.lanes.next, lane + 1);
    }
    return !watched || watch;
}

void take_lanes(View& view, const Step& step) {
    view.lanes.all.clear();
    for (const LaneStep& lane : step.lanes) view.lanes.all.push_back({lane.lane, lane.lane, lane.settings, false});
    view.lanes.main = step.main_lane().lane;
    if (!view.lanes.find(view.lanes.chosen)) view.lanes.chosen = view.lanes.main;
    view.lanes.own_noise = step.own_noise;
    view.lanes.alone = -1;
}

void follow_lanes(View& view, const Step& step) {
    std::vector<Lane> next;
    for (const LaneStep& lane : step.lanes)
        if (view.recorded(lane.lane)) {
            const Lane* known = view.lanes.find(lane.lane);
            next.push_back(known ? *known : Lane{lane.lane, lane.lane, lane.settings});
            next.back().settings = lane.settings;
        }
    for (const Lane& lane : view.lanes.all)
        if (!view.recorded(lane.number)) next.push_back(lane);
    view.lanes.all = std::move(next);
    view.lanes.chosen = view.lanes.edited().number;
    view.lanes.main = step.main_lane().lane;
    view.lanes.own_noise = step.own_noise;
}

std::string fixed_reason(const View& view) {
    return lane_name(view.lanes.chosen) + " is part of the recording. Copy it as a lane (C) to change its settings.";
}

bool lane_shown(const View& view, const Lane& lane) {
    return view.lanes.alone >= 0 ? lane.number == view.lanes.alone : !lane.muted;
}

std::string lane_label(const View& view, int number) {
    std::vector<LaneWords> lanes;
    for (const Lane& lane : view.lanes.all) lanes.push_back({lane.number, &lane.settings});
    return set_apart(lanes, number, view.lanes.main, view.world ? &view.world->defaults : nullptr);
}

std::string step_label(const View& view, int number) {
    std::vector<LaneWords> lanes;
    if (!view.step) return "";
    for (const LaneStep& lane : view.step->lanes) lanes.push_back({lane.lane, &lane.settings});
    return set_apart(lanes, number, view.step->main_lane().lane, view.world ? &view.world->defaults : nullptr);
}

// The chosen lane against the main one; the main lane against the truth, or where there is none against the next lane.
Wiped wiped_pictures(const View& view) {
    Wiped wiped{view.lanes.chosen, view.lanes.main};
    if (wiped.left != wiped.right) return wiped;
    wiped.right = -1;
    if (view.step && view.step->truth.empty())
        for (const Lane& lane : view.lanes.all)
            if (lane.number != wiped.left) wiped.right = lane.number;
    return wiped;
}

bool wiping(const View& view) {
    if (!view.closer.wipe || !view.step) return false;
    const auto shown = [&](int number) {
        return std::any_of(view.step->lanes.begin(), view.step->lanes.end(),
                           [&](const LaneStep& lane) { return lane.lane == number; });
    };
    const Wiped wiped = wiped_pictures(view);
    return shown(wiped.left) && (wiped.right < 0 ? !view.step->truth.empty() : shown(wiped.right));
}

}  // namespace drift
