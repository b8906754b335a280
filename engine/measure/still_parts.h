// Drift of what should not move at all: walls, frames of a picture, bricks that nobody hits.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "core/frame.h"

namespace drift {

struct StillParts {
    double share = 0;               // of the picture: pixels that never change in the truth's run, mean over runs
    double off_first = 0, off = 0;  // mean error of their bytes in the first frame and in the last, in levels
    double kept = 0;                // how much of an error is left a frame later: the slope of e(t + 1) over e(t)
    double added = 0;               // and what each frame adds: the rest's root mean square, in levels
};

// Of runs beside the truth, frame [0] being the beginning of both. nullopt where nothing stands still, or no run has two dreamed frames.
std::optional<StillParts> still_parts(std::span<const std::vector<Frame>> dreamed,
                                      std::span<const std::vector<Frame>> truth);

}  // namespace drift
