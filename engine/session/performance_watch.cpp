// A session that is watched: begun, taken over, checked.
#include <algorithm>
#include <exception>
#include <utility>

#include "core/error.h"
#include "session/log/replay.h"
#include "session/performance.h"

namespace drift {

void Performance::watch(const std::filesystem::path& file) {
    std::filesystem::path log = log_beside(file);
    SessionLog session = read_session_log(log);
    WatchState state;
    state.file = log;
    state.number = watches_ + 1;
    state.events = session.events.size();
    state.rate = session.header.rate;
    state.warning = session.warning;
    std::unique_ptr<TrackSource> stored;
    try {
        if (around_.stored) stored = around_.stored(log);
    } catch (const Error& error) {  // the frames can be made again without it
        warn_(error.what());
    }
    auto next = std::make_unique<Watch>(std::move(session), std::move(stored), stage_.info());
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
    if (!watch_) own_ = std::move(left);
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
    step.kind = Step::Kind::loaded;
    play_on(std::move(step));
}

void Performance::back_to_game() {
    if (!watch_ || !own_) return;
    scribe_.stop_recording();  // of the session; the positions of the two are not the same moments
    play_.restore(*std::exchange(own_, std::nullopt));
    play_on(play_.recall(play_.cursor()));
}

// From the session that is watched; what is played from here on is written down again.
void Performance::play_on(Step step) {
    watch_.reset();
    own_.reset();
    ahead_.reset();
    seed_ = step.seed;
    take_lanes(step);
    if (around_.log) try {
            scribe_.set_log(around_.log(stage_.info()), &play_, &step);
        } catch (const std::exception& error) {
            warn_(error.what());
        }
    show(std::move(step));
}

// One event on. Where it is not what was played that is said, once.
Step Performance::watch_on(std::stop_token stop) {
    const bool said = !watch_->departure().empty();
    Step step = watch_->next(play_, beside(), stop);
    if (!said && !watch_->departure().empty()) warn_(watch_->departure());
    return step;
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
        return end_check("Verifying has ended at frame " + std::to_string(at) + ": the real game has failed (" +
                             step.truth_lost + ").",
                         false);
    watched_.checked = at + 1;
    if (auto found = difference(events[at], step)) {
        end_check("It differs first at " + difference_place(*found, at, events.size(), step) + ": " +
                      why_other(*found, watch_->log().header, stage_.info()) + ".",
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
