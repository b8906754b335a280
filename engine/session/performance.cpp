#include "session/performance.h"

#include <algorithm>
#include <chrono>
#include <exception>
#include <utility>

#include "core/error.h"
#include "session/log/replay.h"
#include "session/log/state_file.h"

namespace drift {
namespace {

constexpr auto slice =
    std::chrono::milliseconds(40);  // of work that goes on by itself, between two looks at what is asked

}  // namespace

Performance::Performance(Stage& stage, Surroundings around, std::function<void(Step)> put,
                         std::function<void(std::string)> warn)
    : stage_(stage),
      around_(std::move(around)),
      put_(std::move(put)),
      warn_(warn),
      play_(stage),
      scribe_(std::move(warn)) {
    play_.set_listener([this](const LogEvent& event, const Step& step) {
        if (!mute_) scribe_.hear(play_, event, step);
    });
    if (around_.log) try {
            scribe_.set_log(around_.log(stage_.info()));
        } catch (const std::exception& error) {
            warn_(error.what());
        }
}

void Performance::direct(const Controls& controls) {
    Controls next = controls;
    if (controls.cast && *controls.cast < cast_) {  // its lanes are of before
        const int film = next.direction.film, spread = next.direction.spread;
        next.direction = controls_.direction;
        next.direction.film = film, next.direction.spread = spread;
        next.beside = controls_.beside;
    }
    controls_ = std::move(next);
    if (!controls_.paused) fan_.reset(), chosen_.reset();
}

// What is to be seen; a truth that is lost is said once.
void Performance::show(Step step) {
    const bool of_then = step.kind == Step::Kind::recalled && stage_.game_is_well();  // it was lost at this moment once
    if (step.truth_lost != lost_ && !step.truth_lost.empty() && !of_then)
        warn_((stage_.info().recorded ? "The dream goes on without the recording: "
               : stage_.dreams()      ? "The real game has failed, the dream goes on without it: "
                                      : "The real game has failed: ") +
              step.truth_lost);
    lost_ = step.truth_lost;
    put_(std::move(step));
}

// The lanes of that step are to go on, whatever the controls said before.
void Performance::take_lanes(const Step& step) {
    const int film = controls_.direction.film, spread = controls_.direction.spread;
    controls_.direction = direction_of(step);
    controls_.direction.film = film, controls_.direction.spread = spread;
    ++cast_;
}

// The lanes that dream beside a session.
Direction Performance::beside() const {
    Direction direction = controls_.direction;
    std::erase_if(direction.lanes, [&](const LanePlan& plan) {
        return std::find(controls_.beside.begin(), controls_.beside.end(), plan.lane) == controls_.beside.end();
    });
    return direction;
}

void Performance::recall(std::uint64_t position) {
    show(play_.recall(position, controls_.direction.film, controls_.direction.spread));
}

void Performance::open(std::uint64_t seed) {
    next_.reset();
    const std::uint64_t before = std::exchange(seed_, seed);
    try {
        show(play_.open(seed, controls_.direction));
    } catch (...) {
        if (!play_.empty()) seed_ = before;  // else it is what a new start begins with
        throw;
    }
}

void Performance::seek(std::uint64_t position) {
    ahead_.reset();
    if (watch_ && position >= play_.timeline().end()) {
        ahead_ = std::min(position, watch_->events() - 1);
        if (play_.timeline().end() > 0 && play_.cursor() + 1 < play_.timeline().end())
            recall(play_.timeline().end() - 1);
    } else {
        recall(position);
    }
}

// A moment from elsewhere, with its lanes.
void Performance::begin_from(Step step) {
    seed_ = step.seed;
    take_lanes(step);
    show(std::move(step));
}

void Performance::obey(const Command& command) {
    using enum Command::Kind;
    if (check_ && command.kind != save_state) end_check("", false);
    if (!beside_the_play(command.kind)) next_.reset();
    if (!beside_the_play(command.kind)) {
        chosen_.reset();
        if (command.kind != take_future) fan_.reset();
    }
    switch (command.kind) {
        case step_once:
        case open_world: break;
        case step_back: seek(play_.cursor() > 0 ? play_.cursor() - 1 : 0); break;
        case seek_to: seek(command.number); break;
        case restart:
            if (watch_) return seek(0);
            open(seed_);
            break;
        case next_seed:
            take_over();
            open(seed_ + 1);
            break;
        case set_seed:
            take_over();
            open(command.number);
            break;
        case resync:
            take_over();
            if (auto step = play_.resync(static_cast<int>(command.number))) show(std::move(*step));
            break;
        case restart_truth: show(play_.restart_truth()); break;
        case save_state: play_.save(command.file, command.number > 0 ? command.number - 1 : play_.cursor()); break;
        case load_state: {
            Moment moment =
                read_state(command.file, stage_.info());  // what cannot be read leaves even a session that is watched
            take_over();
            begin_from(play_.load(std::move(moment)));
            break;
        }
        case return_to_left: begin_from(play_.return_to_left()); break;
        case record: scribe_.record(command.file, around_.record, stage_.info(), play_, play_.now().step); break;
        case stop_recording: scribe_.stop_recording(); break;
        case record_past:
            drift::record_past(command.file, around_.record, stage_.info(), play_, command.number);
            saved_past_ = command.file;
            break;
        case watch_session: watch(command.file); break;
        case return_to_game: back_to_game(); break;
        case take_over_session: take_over(); break;
        case fan: open_fan(command.number, command.lane); break;
        case take_future: take(command.number); break;
        case check_session:
            if (!watch_) break;
            check_ = std::make_unique<Check>(stage_);
            watched_.checking = true;
            watched_.checked = 0;
            watched_.verdict.clear();
            break;
    }
}

// What is pressed, or what the world's own player does.
Action Performance::chosen(Action keys) const {
    const auto seen = controls_.policy_sees_truth && stage_.game() ? Stage::Seen::truth : Stage::Seen::dream;
    auto advised = controls_.policy || stage_.led() ? stage_.advised(seen) : std::nullopt;
    return advised.value_or(keys);
}

// Recorded play has the keys, and this is its last frame: the next episode follows.
bool Performance::recording_over() const {
    return !watch_ && (controls_.policy || stage_.led()) && stage_.recording_over();
}

bool Performance::ready(Action action) const {
    return next_ && next_->action == chosen(action) && next_->direction == controls_.direction;
}

void Performance::look_ahead(Action action, std::stop_token stop) {
    next_.reset();
    if (recording_over()) return;
    Dreamed dreamed = play_.dream(chosen(action), controls_.direction, stop);
    if (!stop.stop_requested()) next_ = std::move(dreamed);
}

bool Performance::advance(Action action, std::stop_token stop) {
    fan_.reset(), chosen_.reset();
    if (check_) end_check("", false);  // the stage is the check's until it ends
    if (recording_over()) {
        open(controls_.at_end == Controls::AtEnd::restart ? seed_ : seed_ + 1);
        return true;
    }
    if (!watch_) {
        const bool imagined = ready(action);
        auto ahead = std::exchange(next_, std::nullopt);
        Step step =
            imagined ? play_.advance(std::move(*ahead)) : play_.advance(chosen(action), controls_.direction, stop);
        if (stop.stop_requested()) return false;
        const bool ended = step.main_lane().outcome && step.main_lane().outcome->ended;
        show(std::move(step));
        if (ended && controls_.at_end != Controls::AtEnd::go_on)
            open(controls_.at_end == Controls::AtEnd::next ? seed_ + 1 : seed_);
        return true;
    }
    std::uint64_t next = play_.cursor() + 1;
    if (next >= watch_->events()) return false;
    if (next < play_.timeline().end() && watch_->made(next, beside())) {
        recall(next);
        return true;
    }
    Step step = watch_on(stop);
    if (stop.stop_requested()) return false;
    show(std::move(step));
    return true;
}

void Performance::work(std::stop_token stop) {
    auto end = std::chrono::steady_clock::now() + slice;
    while (busy() && !stop.stop_requested() && std::chrono::steady_clock::now() < end) {
        if (check_) {
            check(stop);
            continue;
        }
        if (!ahead_) {
            work_on_futures(stop);
            continue;
        }
        const std::uint64_t wanted = *std::exchange(ahead_, std::nullopt);
        if (play_.cursor() < wanted && advance({}, stop)) ahead_ = wanted;
    }
}

}  // namespace drift
