#include "session/play.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "core/error.h"
#include "session/log/state_file.h"

namespace drift {

// The stage as it stands, with that step. A game may fail as late as when it is saved: the step says so then.
Moment Play::moment_of(Step& step) {
    StageState state = stage_.save();
    step.truth_lost = stage_.truth_lost();
    return {step, std::move(state)};
}

// The step stands at the cursor's right from now on.
Step Play::keep(Step step) {
    std::uint64_t next = timeline_.end() == 0 ? 0 : cursor_ + 1;
    timeline_.branch(next);
    step.position = cursor_ = next;
    timeline_.put(moment_of(step));
    step.ghost = timeline_.ghost(cursor_);
    return step;
}

void Play::tell(LogEvent::Kind kind, std::uint64_t number, const Step& step, const Direction* direction,
                std::vector<std::uint8_t> moment) {
    if (!listener_) return;
    if (direction) {
        Direction told = *direction;
        told.film = told.spread = -1;  // looking changes nothing
        if (!told_ || !(*told_ == told)) told_ = std::make_shared<const Direction>(std::move(told));
    }
    listener_({kind, number, step.action, told_, std::move(moment), hashes_of(step)}, step);
}

Step Play::open(std::uint64_t seed, const Direction& direction) {
    Step step = keep(stage_.open(seed, direction));
    tell(LogEvent::Kind::opened, seed, step, &direction);
    return step;
}

Step Play::advance(Action action, const Direction& direction, std::stop_token stop, const GivenFrames& given) {
    Dreamed dreamed = stage_.dream(action, direction, stop, given);
    return stop.stop_requested() ? Step{} : advance(std::move(dreamed));
}

Step Play::advance(Dreamed dreamed) {
    const Direction direction = dreamed.direction;
    Step step = keep(stage_.step(std::move(dreamed)));
    tell(LogEvent::Kind::played, 0, step, &direction);
    return step;
}

Step Play::recall(std::uint64_t position, int film, int spread) {
    if (empty()) throw Error("there is no frame to go to: nothing has been played yet");
    position = std::clamp(position, timeline_.first(), timeline_.end() - 1);
    Moment moment = timeline_.at(position);
    Step step = std::move(moment.step);
    if ((film >= 0 || spread >= 0) && step.index > 0 && position > timeline_.first()) {
        Moment before = timeline_.at(position - 1);
        if (before.state.episode == step.episode && before.state.index + 1 == step.index) {
            if (film >= 0) step.film = std::make_shared<Film>(stage_.film(before.state, step, film));
            if (spread >= 0) step.spread = stage_.spread(before.state, step, spread);
        }
    }
    stage_.load(moment.state, true);
    cursor_ = position;
    step.truth_lost = stage_.truth_lost();
    step.kind = Step::Kind::recalled;
    step.ghost = timeline_.ghost(position);
    tell(LogEvent::Kind::recalled, position, step);
    return step;
}

std::optional<Step> Play::resync(int lane) {
    if (empty() || !stage_.resync(lane)) return std::nullopt;
    Step step = timeline_.at(cursor_).step;
    for (LaneStep& shown : step.lanes)
        if (shown.lane == lane)
            shown = {lane, shown.settings, step.truth, step.truth_probe, {}, {}, {}, {}, shown.agreement};
    step.kind = Step::Kind::recalled;  // kept so: it is not what playing on led to
    timeline_.branch(cursor_ + 1);
    timeline_.replace_last(moment_of(step));
    tell(LogEvent::Kind::resynced, static_cast<std::uint64_t>(lane), step);
    return step;
}

Step Play::restart_truth() {
    if (empty()) throw Error("The real game cannot be started again: nothing has been played yet");
    stage_.restart_truth();
    Step step = timeline_.at(cursor_).step;
    stage_.show_truth(step);
    step.kind = Step::Kind::recalled;  // no dream has moved
    if (cursor_ + 1 == timeline_.end()) timeline_.replace_last(moment_of(step));
    step.ghost = timeline_.ghost(cursor_);
    return step;
}

Play::Line Play::clear() { return {std::exchange(timeline_, Timeline()), std::exchange(cursor_, 0)}; }

void Play::restore(Line line) {
    timeline_ = std::move(line.timeline);
    cursor_ = line.cursor;
    if (!empty()) stage_.load(timeline_.at(cursor_).state, true);
}

Moment Play::now() const {
    if (empty()) throw Error("there is no frame to keep: nothing has been played yet");
    Moment now = timeline_.at(cursor_);
    if (!stage_.truth_lost().empty()) now.walk = stage_.walk().value_or(now.walk);  // whoever keeps it has seen nothing
    return now;
}

void Play::save(const std::filesystem::path& file, std::uint64_t position) const {
    bool there = position != cursor_ && position >= timeline_.first() && position < timeline_.end();
    write_state(file, stage_.info(), there ? timeline_.at(position) : now());
}

Step Play::load(const std::filesystem::path& file) { return load(read_state(file, stage_.info())); }

Step Play::return_to_left() {
    std::optional<Moment> moment = timeline_.left();
    if (!moment) throw Error("there is no previous timeline to return to: nothing was left behind");
    return load(std::move(*moment));
}

Step Play::load(Moment moment) {
    stage_.load(moment.state);
    stage_.know(moment.walk);
    auto bytes = listener_ ? to_bytes(moment) : std::vector<std::uint8_t>();
    Step step = keep(std::move(moment.step));
    step.kind = Step::Kind::loaded;
    tell(LogEvent::Kind::loaded, 0, step, nullptr, std::move(bytes));
    return step;
}

}  // namespace drift
