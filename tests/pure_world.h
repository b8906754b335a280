// A world whose frames depend on their request alone, as a network's do: for tests that begin within a play, where FakeWorld would not know the past.
#pragma once

#include <string>

#include "fake_world.h"

namespace drift {

class PureWorld : public FakeWorld {
public:
    explicit PureWorld(std::string game,
                       std::shared_ptr<FakeWorldControls> controls = std::make_shared<FakeWorldControls>())
        : FakeWorld(game, controls), counted_(controls) {}

    void imagine(std::span<const DreamRequest> requests, std::span<Frame> frames) override {
        for (std::size_t i = 0; i < requests.size(); ++i) {
            const DreamRequest& request = requests[i];
            const auto& seen = request.history->frames;
            frames[i] = seen.back();
            std::vector<float> grain(frames[i].rgb.size());
            noise({request.seed, request.step, noise_lane(request)}, draw_index(Draw::initial), grain);
            float scale = 3 * start_scale(request.settings);
            for (std::size_t k = 0; k < grain.size(); ++k) {
                float value = 0.6f * static_cast<float>(seen.back().rgb[k]) +
                              0.4f * static_cast<float>(seen.front().rgb[k]) + scale * grain[k] +
                              static_cast<float>(5 * request.action);
                frames[i].rgb[k] = static_cast<std::uint8_t>(std::fmin(std::fmax(std::round(value), 0.0f), 255.0f));
            }
            ++counted_->imagined;
        }
    }

private:
    std::shared_ptr<FakeWorldControls> counted_;
};

}  // namespace drift
