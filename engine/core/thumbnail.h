// Small pictures of frames.
#pragma once

#include "core/frame.h"

namespace drift {

// At most `side` pixels wide and high: blocks of pixels averaged. Empty where the frame is less than a block.
Frame thumbnail_of(const Frame& frame, int side);

}  // namespace drift
