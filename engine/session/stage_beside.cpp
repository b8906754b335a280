// What can be dreamed beside a play without moving it: the sampling of a frame again, other noises.
#include <algorithm>
#include <cmath>
#include <utility>

#include "measure/picture_measures.h"
#include "session/stage.h"

namespace drift {
namespace {

constexpr int spread_noises = 8;  // an eighth of a standard deviation's own error is less than what an eye sees

}  // namespace

void Stage::imagine(std::span<const DreamRequest> requests, std::span<Frame> frames) const {
    if (world_) world_->imagine(requests, frames);
    else
        for (std::size_t i = 0; i < requests.size(); ++i) frames[i] = requests[i].history->frames.back();
}

// What that step's lanes were asked, from the state before it.
std::vector<DreamRequest> Stage::requests_of(const std::vector<LaneState>& lanes, const Step& step) const {
    auto asked = requests(lanes, direction_of(step), step.network_action);
    for (DreamRequest& request : asked) request.seed = step.seed, request.step = step.index;
    return asked;
}

Film Stage::film(const StageState& before, const Step& step, int lane) const {
    if (!world_) return {};
    std::vector<LaneState> lanes = cast(before.lanes, direction_of(step));
    auto asked = requests_of(lanes, step);  // all of them: so the batch is what it was
    std::vector<Frame> frames(lanes.size());
    Film film;
    for (std::size_t i = 0; i < lanes.size(); ++i)
        if (lanes[i].lane == lane) asked[i].film = &film;
    world_->imagine(asked, frames);
    return film;
}

Spread Stage::spread(const StageState& before, const Step& step, int lane, std::stop_token stop) const {
    std::vector<LaneState> lanes = cast(before.lanes, direction_of(step));
    auto asked = requests_of(lanes, step);
    for (std::size_t i = 0; i < lanes.size(); ++i)
        if (lanes[i].lane == lane) return spread_of(asked[i], step.lanes[i].frame, lane, stop);
    return {};
}

// The frame itself is one of the noises; the others are a batch of their own, so that measuring does not change what is played.
Spread Stage::spread_of(DreamRequest request, const Frame& frame, int lane, std::stop_token stop) const {
    if (!world_ || frame.empty()) return {};
    request.film = nullptr, request.beyond = nullptr, request.stop = stop;
    std::vector<DreamRequest> asked(spread_noises - 1, request);
    std::vector<Frame> frames(asked.size());
    for (std::size_t i = 0; i < asked.size(); ++i)
        asked[i].settings.noise_variation = (request.settings.noise_variation + static_cast<int>(i) + 1) & 0xff;
    world_->imagine(asked, frames);
    if (stop.stop_requested()) return {};
    Spread spread{lane, Frame(frame.width, frame.height)};
    frames.push_back(frame);
    const std::vector<float> deviation = standard_deviation(frames);
    std::transform(deviation.begin(), deviation.end(), spread.deviation.rgb.begin(),
                   [](float levels) { return static_cast<std::uint8_t>(std::lround(levels)); });
    return spread;
}

}  // namespace drift
