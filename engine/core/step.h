// What one step of a session was: the screen, plots, recorder and files all eat Steps.
#pragma once

#include <cstdint>
#include <string>

#include "core/action.h"
#include "core/frame.h"
#include "core/sampler_settings.h"

namespace drift {

struct Step {
    std::uint64_t index = 0;     // since the episode's opening; 0 is the opening itself
    std::uint64_t episode = 0;   // counts openings of this session
    std::uint64_t seed = 0;
    Action action;
    int network_action = 0;
    SamplerSettings settings;    // what made the dream frame
    Frame dream;
    Frame truth;                 // empty where the world has no game
    double truth_psnr = 0;       // dB, dream against truth; 0 without truth
    double seconds = 0;          // what imagining the frame took
    int calls = 0;               // of the network
};

}  // namespace drift
