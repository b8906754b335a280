// Clips whose frames tell where they are from: for tests of what reads, trains on and measures recorded play.
#pragma once

#include <vector>

#include "core/data_set.h"

namespace drift {

// Frame i of clip c is all (c, i, 0); its action i % 3.
inline Clip counted_clip(int c, int frames, int side = 16) {
    Clip clip;
    for (int i = 0; i < frames; ++i) {
        Frame frame(side, side);
        for (std::size_t k = 0; k < frame.rgb.size(); k += 3)
            frame.rgb[k] = static_cast<std::uint8_t>(c), frame.rgb[k + 1] = static_cast<std::uint8_t>(i);
        clip.add(static_cast<std::uint8_t>((i + 2) % 3), std::move(frame), i % 10 == 0);
    }
    return clip;
}

inline int clip_of(const Frame& frame) { return frame.rgb[0]; }
inline int place_of(const Frame& frame) { return frame.rgb[1]; }

}  // namespace drift
