#include "session/fan_out.h"

#include <algorithm>
#include <utility>

namespace drift {

FanOut::FanOut(const Stage& stage, const StageState& moment, const Step& step, int lane, Fan plan)
    : seed_(moment.seed), step_(moment.index), action_(stage.info().actions.index(plan.action)) {
    auto at = std::find_if(moment.lanes.begin(), moment.lanes.end(),
                           [&](const LaneState& state) { return state.lane == lane; });
    const LaneState& state = at == moment.lanes.end() ? moment.lanes[moment.main] : *at;
    for (const LaneStep& shown : step.lanes)
        if (shown.lane == state.lane) settings_ = shown.settings;
    noise_lane_ = step.own_noise ? static_cast<std::uint32_t>(state.lane) : 0;
    plan.lane = state.lane;
    plan.number = Film::next_number();
    plan.length = std::clamp(plan.length, 1, longest_fan);
    const int variations = static_cast<int>(find_setting("noise_variation")->high) + 1;
    plan.futures.clear();
    for (int i = 0; i < fan_width; ++i) plan.futures.push_back({(settings_.noise_variation + i) % variations});
    histories_.assign(fan_width, state.history);
    fan_ = std::make_shared<const Fan>(std::move(plan));
}

SamplerSettings FanOut::settings_of(std::size_t future) const {
    SamplerSettings settings = settings_;
    settings.noise_variation = fan_->futures[future].noise_variation;
    return settings;
}

void FanOut::advance(const Stage& stage, std::stop_token stop) {
    std::vector<DreamRequest> requests(histories_.size());
    std::vector<Beyond> beyond(histories_.size());
    std::vector<Frame> frames(histories_.size());
    for (std::size_t i = 0; i < histories_.size(); ++i)
        requests[i] = {&histories_[i], action_, settings_of(i), seed_,     step_ + 1,
                       noise_lane_,    stop,    nullptr,        &beyond[i]};
    stage.imagine(requests, frames);
    if (stop.stop_requested()) return;
    ++step_;
    auto next = std::make_shared<Fan>(*fan_);
    for (std::size_t i = 0; i < histories_.size(); ++i) {
        histories_[i].roll(action_, frames[i], beyond[i]);
        next->futures[i].frames.push_back(std::move(frames[i]));
    }
    fan_ = std::move(next);
}

}  // namespace drift
