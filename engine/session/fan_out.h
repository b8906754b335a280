// Dreams the futures of one moment, all of them a frame further with each call. Nothing that is played moves.
#pragma once

#include <memory>
#include <stop_token>
#include <vector>

#include "core/fan.h"
#include "session/stage.h"

namespace drift {

class FanOut {
public:
    // The futures of that lane of the moment (of its main one where it has no such lane) with its settings, `action` held. The first future's
    // noise is the lane's own: what would come by itself.
    FanOut(const Stage& stage, const StageState& moment, const Step& step, int lane, Fan plan);

    bool done() const { return fan_->done(); }
    // One frame more of each future. Where a stop was asked nothing has moved. Throws Error where imagining fails.
    void advance(const Stage& stage, std::stop_token stop);
    const std::shared_ptr<const Fan>& fan() const { return fan_; }  // another one after each frame
    SamplerSettings settings_of(std::size_t future) const;

private:
    std::vector<History> histories_;
    SamplerSettings settings_;
    std::uint64_t seed_ = 0, step_ = 0;
    std::uint32_t noise_lane_ = 0;
    int action_ = 0;
    std::shared_ptr<const Fan> fan_;
};

}  // namespace drift
