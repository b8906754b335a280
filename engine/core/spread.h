// How sure a dream is of a frame.
#pragma once

#include "core/frame.h"

namespace drift {

struct Spread {
    int lane = -1;  // whose frame it is of
    Frame
        deviation;  // standard deviation over several noises, of each byte, in levels; empty where it was not measured
};

}  // namespace drift
