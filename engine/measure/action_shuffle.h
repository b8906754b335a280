// Does a world listen, as recorded play tells: dreams with the keys that were played, against dreams with those of other moments.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>

#include "core/data_set.h"
#include "core/world_model.h"

namespace drift {

struct ActionShuffle {
    int moments = 0, frames = 0;  // dreams that were compared; frames that each of them dreamed
    // Squared error to the recorded frames with the keys of other moments, over that with their own, each a mean: 1 is deaf.
    double ratio = 1;
    // What its own keys are worth, in dB, as Genie measures it (Bruce et al. 2024, section 3): mean over moments, with its 95 % interval.
    double gain = 0, gain_lo = 0, gain_hi = 0;
};

// From moments spread evenly over the clips. nullopt where too few frames are there, or the keys are the same in all moments.
std::optional<ActionShuffle> shuffle_actions(
    WorldModel& world, std::span<const Clip> clips, const SamplerSettings& settings, std::uint64_t seed,
    const std::function<void(int done, int of)>& progress = [](int, int) {});

}  // namespace drift
