// Several futures of one moment: the same keys, a noise of its own in each.
#pragma once

#include <cstdint>
#include <vector>

#include "core/action.h"
#include "core/frame.h"

namespace drift {

struct Future {
    int noise_variation = 0;
    std::vector<Frame> frames = {};  // from the first after the moment on; all futures have as many
};

struct Fan {
    std::uint64_t position = 0;  // of the moment on the line of time
    int lane = 0;                // whose futures these are
    Action action;               // held all along
    int length = 0;              // frames that each is to have
    std::vector<Future> futures = {};
    std::uint64_t number = 0;  // of all fans and films that were made: what tells two of them apart

    bool done() const { return !futures.empty() && futures.front().frames.size() >= static_cast<std::size_t>(length); }
};

constexpr int fan_width = 8, longest_fan = 120;  // futures; frames of each

}  // namespace drift
