// What the frames of an episode are like, seen one after the other: how bright, which repeat and where they jump.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/frame.h"

namespace drift {

struct FrameFacts {
    std::size_t frames = 0;
    double brightness = 0;              // mean of all, 0 to 255
    double darkest = 0, brightest = 0;  // of the frames' means
    int peak = 0;                       // brightest level of any pixel
    std::size_t repeated = 0;           // frames that are equal to the one before
    std::size_t longest_still = 0;      // most frames in a row that are equal, and
    std::size_t still_from = 0;         // the first of those
    std::vector<std::size_t>
        jumps;  // frames that differ from the one before far more than is usual here: something is missing, or another scene
    std::uint64_t fingerprint = 0;  // of all pixels in their order: equal for equal episodes
};

class FrameWatch {
public:
    void see(const Frame& frame);
    FrameFacts facts() const;

private:
    FrameFacts facts_;
    Frame last_;
    std::vector<float> changes_;  // mean absolute difference from one frame to the next
    std::size_t still_ = 1;
    double sum_ = 0;
};

}  // namespace drift
