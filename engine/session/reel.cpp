#include "session/reel.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <string>

#include "core/error.h"
#include "session/lane_words.h"
#include "session/log/moment.h"

namespace drift {
namespace {

void check_plan(const Watch& watch, const ReelPlan& plan) {
    if (plan.from > plan.to)
        throw Error("An export from frame " + std::to_string(plan.from) + " to " + std::to_string(plan.to) +
                    " of the session: expected the end after the beginning");
    if (plan.from >= watch.events())
        throw Error("an export from frame " + std::to_string(plan.from) +
                    ": expected a frame of this session, which ends with frame " + std::to_string(watch.events() - 1));
    if (!plan.truth && watch.log().header.weights_hash == truth_alone)
        throw Error("an export without the truth: this session shows the real game alone");
    for (int lane : plan.lanes)
        if (!watch.lane_recorded(lane))
            throw Error("an export of lane " + std::to_string(lane + 1) + ": this session never had such a lane");
}

const LaneStep* find_lane(const Step& step, int number) {
    auto it =
        std::find_if(step.lanes.begin(), step.lanes.end(), [&](const LaneStep& lane) { return lane.lane == number; });
    return it == step.lanes.end() ? nullptr : &*it;
}

}  // namespace

std::optional<Reel> Reel::walk(Watch& watch, Play& play, const WorldInfo& world, const ReelPlan& plan,
                               const std::function<void(double)>& progress, std::stop_token stop) {
    check_plan(watch, plan);
    Reel reel;
    reel.list_.title = world.name;
    reel.list_.width = world.width, reel.list_.height = world.height, reel.list_.rate = world.rate;
    reel.list_.first = plan.from;
    reel.defaults_ = world.defaults;
    for (std::size_t i = 1; i < world.actions.entries.size(); ++i) {
        const auto& entry = world.actions.entries[i];
        if (entry.keys.empty() && world.actions.kind == ActionSpace::Kind::joystick)
            continue;  // held as two keys that are there
        reel.list_.keys.push_back(entry.keys.empty() ? entry.name : entry.keys.front());
        reel.buttons_.push_back(static_cast<int>(i));
    }
    reel.list_.mouse = world.actions.mouse();
    const std::uint64_t last = std::min(plan.to, watch.events() - 1);
    Direction nobody_beside;
    nobody_beside.lanes.clear();
    for (std::uint64_t event = 0; event <= last; ++event) {
        Step step = watch.next(play, nobody_beside, stop);
        if (stop.stop_requested()) return std::nullopt;
        if (event >= plan.from && plan.truth && reel.without_truth_.empty() && !step.truth_lost.empty())
            reel.without_truth_ =
                "without the real game from frame " + std::to_string(event) + " on: " + step.truth_lost;
        if (event >= plan.from) reel.steps_.put(to_bytes(Moment{std::move(step), {}}));
        progress(static_cast<double>(event + 1) / static_cast<double>(last + 1));
    }
    if (world.weights_hash == truth_alone) reel.list_.columns = {{"Truth", -1}};  // its lanes show nothing else
    else reel.set_columns(plan);
    reel.measure();
    return reel;
}

Step Reel::step(std::size_t index) const { return moment_of_bytes(steps_.at(index)).step; }

void Reel::set_columns(const ReelPlan& plan) {
    std::set<int> lanes;
    bool truth = false;
    for (std::uint64_t i = 0; i < steps_.end(); ++i) {
        Step now = step(i);
        truth |= !now.truth.empty();
        for (const LaneStep& lane : now.lanes)
            if (plan.lanes.empty() || std::find(plan.lanes.begin(), plan.lanes.end(), lane.lane) != plan.lanes.end())
                lanes.insert(lane.lane);
    }
    for (int lane : plan.lanes)
        if (!lanes.contains(lane))
            throw Error("an export of lane " + std::to_string(lane + 1) + ": it is not there in any of these frames");
    for (int lane : lanes) list_.columns.push_back({lanes.size() == 1 ? "Dream" : lane_name(lane), lane});
    if (truth && plan.truth) list_.columns.push_back({"Truth", -1});
}

// What the plot shows, and all texts there are, so that there is room for each.
void Reel::measure() {
    const std::size_t count = static_cast<std::size_t>(steps_.end());
    std::set<std::string> labels, settings;
    const char* names[] = {"psnr", "main_psnr"};  // the other lanes against the main one, where there is no truth
    std::vector<std::vector<double>> values[2];
    for (auto& each : values) each.assign(list_.columns.size(), std::vector<double>(count, Drift::unknown));
    Step before;
    for (std::size_t i = 0; i < count; ++i) {
        Step now = step(i);
        bool turned = false;
        for (std::size_t c = 0; c < list_.columns.size(); ++c) {
            const LaneStep *lane = find_lane(now, list_.columns[c].lane),
                           *then = find_lane(before, list_.columns[c].lane);
            if (!lane) continue;
            for (int m = 0; m < 2; ++m) values[m][c][i] = lane->drift.*find_measure(names[m])->value;
            turned |= then && then->settings != lane->settings;
        }
        if (turned) list_.turned.push_back(i);
        Shot shot = shot_of(now);
        labels.insert(shot.labels.begin(), shot.labels.end());
        settings.insert(shot.settings);
        before = std::move(now);
    }
    list_.labels.assign(labels.begin(), labels.end());
    list_.settings.assign(settings.begin(), settings.end());
    auto known = [](const auto& columns) {
        return std::any_of(columns.begin(), columns.end(), [](const auto& column) {
            return std::any_of(column.begin(), column.end(), [](double value) { return !std::isnan(value); });
        });
    };
    list_.values = values[0];
    for (int m = 0; m < 2; ++m) {
        if (!known(values[m])) continue;
        list_.values = values[m];
        list_.measure = find_measure(names[m])->label, list_.unit = find_measure(names[m])->unit;
        return;
    }
}

Shot Reel::shot_of(const Step& step) const {
    Shot shot{0, {}, {}, "", {}};
    std::vector<LaneWords> lanes;
    for (const ShotColumn& column : list_.columns)
        if (const LaneStep* lane = find_lane(step, column.lane)) lanes.push_back({lane->lane, &lane->settings});
    for (const ShotColumn& column : list_.columns) {
        const LaneStep* lane = find_lane(step, column.lane);
        shot.frames.push_back(column.lane < 0 ? step.truth : lane ? lane->frame : Frame());
        shot.labels.push_back(lane ? set_apart(lanes, lane->lane, step.main_lane().lane, &defaults_) : "");
    }
    shot.settings = in_common(lanes);
    for (int button : buttons_) shot.held.push_back(step.action.holds(button));
    if (list_.mouse) shot.mouse_x = step.action.mouse_x, shot.mouse_y = step.action.mouse_y;
    return shot;
}

Shot Reel::shot(std::size_t index) const {
    Shot shot = shot_of(step(index));
    shot.step = list_.first + index;
    return shot;
}

}  // namespace drift
