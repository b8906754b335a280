// What is seen and measured of a stage after a step: each lane by itself, and against the truth.
#include <exception>
#include <utility>

#include "session/failure.h"
#include "session/stage.h"

namespace drift {

// What can be measured with that game, or without one.
Stage::Looks Stage::look(const Step& step, const Game* game) const {
    Looks looks;
    TruthNow truth;
    if (game) {
        looks.truth = game->probe();
        const auto& frames = now_.truth.frames;
        truth = {game, &frames.back(), looks.truth, frames.size() > 1 ? &frames[frames.size() - 2] : nullptr};
    }
    for (const LaneState& lane : now_.lanes) looks.sights.push_back(see(game, lane.history.frames.back()));
    for (std::size_t i = 0; i < now_.lanes.size(); ++i) {
        const Sight& seen = looks.sights[i];
        const Frame* main = i == now_.main ? nullptr : &looks.sights[now_.main].frame;
        if (step.kind == Step::Kind::opened) {  // dream and truth are one; what needs a frame before is unknown
            looks.drifts.push_back(measure(seen, 0, seen, truth, now_.opening, main));
            looks.drifts.back().obeyed = looks.drifts.back().motion = Drift::unknown;
        } else {
            // What was before this frame is in the history, one to the left; a lane's first step may have no sight of it.
            const auto& frames = now_.lanes[i].history.frames;
            const Sight before = i < sights_.size() ? sights_[i] : see(game, frames[frames.size() - 2]);
            looks.drifts.push_back(measure(before, step.network_action, seen, truth, now_.opening, main));
        }
    }
    return looks;
}

// Fills what can be seen of the step: the truth, and each lane against it.
void Stage::look_around(Step& step, const Direction& direction) {
    Looks looks;
    if (truth()) try {
            looks = look(step, truth());
        } catch (const std::exception& error) {
            lose_truth(failure_line(error));
        }
    if (!truth()) looks = look(step, nullptr);
    if (truth()) {
        step.truth = now_.truth.frames.back();
        step.truth_probe = looks.truth;
        if (step.kind != Step::Kind::opened) step.truth_outcome = truth()->outcome();
    }
    step.truth_lost = now_.truth_lost;
    step.index = now_.index, step.episode = now_.episode, step.seed = now_.seed;
    step.own_noise = direction.own_noise;
    step.main = now_.main;
    for (std::size_t i = 0; i < now_.lanes.size(); ++i) {
        LaneState& lane = now_.lanes[i];
        LaneStep shown{lane.lane,
                       direction.lanes[i].settings,
                       looks.sights[i].frame,
                       looks.sights[i].probe,
                       looks.drifts[i],
                       {},
                       {},
                       lane.history.outcome,
                       {}};
        if (step.kind != Step::Kind::opened) lane.collapse.see(shown.drift, now_.index, info().rate);
        shown.collapsed = lane.collapse.since;
        if (!lane.history.low.empty()) shown.low = lane.history.low.back();
        if (info_.rewards && shown.outcome && step.truth_outcome)
            lane.agreement.see(*shown.outcome, *step.truth_outcome);
        shown.agreement = lane.agreement;
        step.lanes.push_back(std::move(shown));
    }
    sights_ = std::move(looks.sights);
}

}  // namespace drift
