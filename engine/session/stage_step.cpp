// One step on: first it is imagined, which moves nothing; then it is played, the game beside it.
#include <algorithm>
#include <chrono>
#include <exception>
#include <utility>

#include "core/error.h"
#include "session/failure.h"
#include "session/stage.h"
#include "session/stage_truth.h"

namespace drift {

Dreamed Stage::dream(Action action, const Direction& direction, std::stop_token stop, const GivenFrames& given) const {
    Dreamed next{action, direction, cast(now_.lanes, direction), {}, {}, {}, {}, 0, 0};
    const std::vector<LaneState>& lanes = next.lanes;
    auto asked = requests(lanes, direction, info().actions.index(action));
    next.frames.resize(lanes.size());
    next.beyond.resize(lanes.size());
    std::vector<DreamRequest> dreamed;
    std::vector<std::size_t> places;  // of what is dreamed among the lanes
    auto film = std::make_shared<Film>();
    for (std::size_t i = 0; i < asked.size(); ++i) {
        auto it = goes_beyond(info_) ? given.end() : given.find(lanes[i].lane);
        if (it != given.end()) next.frames[i] = it->second;
        if (!world_ || it != given.end()) continue;
        next.calls = std::max(next.calls, network_calls(asked[i].settings));
        asked[i].stop = stop;
        asked[i].beyond = &next.beyond[i];
        if (lanes[i].lane == direction.film) asked[i].film = film.get();
        dreamed.push_back(asked[i]);
        places.push_back(i);
    }
    auto begin = std::chrono::steady_clock::now();
    if (!dreamed.empty()) {
        std::vector<Frame> made(dreamed.size());
        world_->imagine(dreamed, made);
        for (std::size_t k = 0; k < made.size(); ++k) next.frames[places[k]] = std::move(made[k]);
    }
    next.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    for (std::size_t i = 0; i < asked.size(); ++i)
        if (lanes[i].lane == direction.spread)
            next.spread = spread_of(asked[i], next.frames[i], direction.spread, stop);
    if (!film->calls.empty()) next.film = std::move(film);
    return next;
}

Step Stage::step(Dreamed dreamed) {
    Step step;
    step.action = dreamed.action;
    step.network_action = info().actions.index(dreamed.action);
    step.calls = dreamed.calls, step.seconds = dreamed.seconds;
    step.film = std::move(dreamed.film), step.spread = std::move(dreamed.spread);
    std::vector<LaneState>& lanes = dreamed.lanes;
    // A lane that is new, or stands elsewhere now, has no sight of its own yet.
    bool same = lanes.size() == now_.lanes.size() &&
                std::equal(lanes.begin(), lanes.end(), now_.lanes.begin(),
                           [](const LaneState& a, const LaneState& b) { return a.lane == b.lane; });
    if (!same) sights_.clear();
    if (!truth() && game_) now_.truth = {}, now_.game.clear();  // they are of the moment that is left
    const auto begin = std::chrono::steady_clock::now();
    if (truth()) try {
            step_truth(step.network_action);
        } catch (const std::exception& error) {
            lose_truth(failure_line(error));
        }
    step.truth_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    if (!world_ && !truth())
        throw Error("The real game has failed: " + now_.truth_lost);  // there is nothing else to see
    now_.lanes = std::move(lanes);
    now_.main = main_of(dreamed.direction);
    remember(step.network_action);
    ++now_.index;
    for (std::size_t i = 0; i < now_.lanes.size(); ++i)
        now_.lanes[i].history.roll(step.network_action, world_ ? dreamed.frames[i] : now_.truth.frames.back(),
                                   dreamed.beyond[i]);
    look_around(step, dreamed.direction);
    return step;
}

}  // namespace drift
