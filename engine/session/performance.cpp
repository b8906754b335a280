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
        const int film = next.direction.film;
        next.direction = controls_.direction;
        next.direction.film = film;
        next.beside = controls_.beside;
    }
    controls_ = std::move(next);
}

// What is to be seen; a truth that is lost is said once.
void Performance::show(Step step) {
    if (step.truth_lost != lost_ && !step.truth_lost.empty())
        warn_("The real game has failed, the dream goes on without it: " + step.truth_lost);
    lost_ = step.truth_lost;
    put_(std::move(step));
}

// The lanes of that step are to go on, whatever the controls said before.
void Performance::take_lanes(const Step& step) {
    const int film = controls_.direction.film;
    controls_.direction = direction_of(step);
    controls_.direction.film = film;
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

void Performance::recall(std::uint64_t position) { show(play_.recall(position, controls_.direction.film)); }

void Performance::open(std::uint64_t seed) {
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

void Performance::watch(const std::filesystem::path& file) {
    std::filesystem::path log = log_beside(file);
    SessionLog session = read_session_log(log);
    WatchState state;
    state.file = log;
    state.number = watches_ + 1;
    state.events = session.events.size();
    state.rate = session.header.rate;
    state.warning = session.warning;
    auto source = [stored = around_.stored, log, warn = warn_]() -> std::unique_ptr<TrackSource> {
        try {
            return stored ? stored(log) : nullptr;
        } catch (const Error& error) {  // the frames can be made again without it
            warn(error.what());
            return nullptr;
        }
    };
    auto next = std::make_unique<Watch>(std::move(session), source, stage_.info());
    state.stored = next->stored();
    state.lanes = next->lanes();
    // Its first step is made before anything of the play before is given up: the world or the game may refuse it.
    Play::Line left = play_.clear();
    Step first;
    mute_ = true;
    try {
        first = next->next(play_, {.lanes = {}});
        mute_ = false;
    } catch (...) {
        play_.restore(std::move(left));
        mute_ = false;
        throw;
    }
    scribe_.set_log(nullptr);  // what is watched is written down already
    scribe_.stop_recording();
    watch_ = std::move(next);
    watched_ = std::move(state);
    ++watches_;
    ahead_.reset();
    seed_ = first.seed;
    ++cast_;
    first.kind = Step::Kind::loaded;
    show(std::move(first));
}

void Performance::take_over() {
    if (!watch_) return;
    Step step = play_.recall(play_.cursor());
    watch_.reset();
    ahead_.reset();
    seed_ = step.seed;
    step.kind = Step::Kind::loaded;
    take_lanes(step);
    if (around_.log) try {
            scribe_.set_log(around_.log(stage_.info()), &play_, &step);
        } catch (const std::exception& error) {
            warn_(error.what());
        }
    show(std::move(step));
}

void Performance::obey(const Command& command) {
    using enum Command::Kind;
    if (check_ && command.kind != save_state) end_check("", false);
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
            Step step = play_.load(std::move(moment));
            seed_ = step.seed;
            take_lanes(step);
            show(std::move(step));
            break;
        }
        case record: scribe_.record(command.file, around_.record, stage_.info(), play_, play_.now().step); break;
        case stop_recording: scribe_.stop_recording(); break;
        case record_past: drift::record_past(command.file, around_.record, stage_.info(), play_, command.number); break;
        case watch_session: watch(command.file); break;
        case take_over_session: take_over(); break;
        case check_session:
            if (!watch_) break;
            check_ = std::make_unique<Check>(stage_);
            watched_.checking = true;
            watched_.checked = 0;
            watched_.verdict.clear();
            break;
    }
}

bool Performance::advance(Action action, std::stop_token stop) {
    if (check_) end_check("", false);  // the stage is the check's until it ends
    if (!watch_) {
        const auto seen = controls_.policy_sees_truth && stage_.game() ? Stage::Seen::truth : Stage::Seen::dream;
        if (auto advised = controls_.policy ? stage_.advised(seen) : std::nullopt) action = *advised;
        Step step = play_.advance(action, controls_.direction, stop);
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
    Step step = watch_->next(play_, beside(), stop);
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
        const std::uint64_t wanted = *std::exchange(ahead_, std::nullopt);
        if (play_.cursor() < wanted && advance({}, stop)) ahead_ = wanted;
    }
}

// One event made again by the network alone, and held against what was written down.
void Performance::check(std::stop_token stop) {
    const auto& events = watch_->log().events;
    std::uint64_t at = check_->next++;
    Step step;
    try {
        step = replay(check_->play, events[at], stop);
    } catch (const std::exception& error) {
        return end_check(error.what(), false);
    }
    if (stop.stop_requested()) return;
    if (!step.truth_lost.empty() && events[at].hashes.size() > step.lanes.size())
        return end_check("Verifying has ended at step " + std::to_string(at) + ": the real game has failed (" +
                             step.truth_lost + ").",
                         false);
    watched_.checked = at + 1;
    if (auto found = difference(events[at], step)) {
        std::string why = other_maker(watch_->log().header, stage_.info());
        end_check("It differs first at " + difference_place(*found, at, events.size(), step) + ": " +
                      (why.empty() ? "by the same build on the same kind of device." : "it was made otherwise. " + why),
                  false);
    } else if (at + 1 == events.size()) {
        end_check("All " + std::to_string(events.size()) + " events give the same bytes again.", true);
    }
}

void Performance::end_check(std::string verdict, bool holds) {
    check_.reset();
    watched_.checking = false;
    watched_.verdict = std::move(verdict);
    watched_.holds = holds;
    play_.recall(play_.cursor());  // the stage stands where the play is again
}

std::optional<WatchState> Performance::watch_state() const {
    if (!watch_) return std::nullopt;
    return watched_;
}

}  // namespace drift
