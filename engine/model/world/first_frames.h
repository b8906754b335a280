// How far the same world's dreams in two types of number are apart.
#pragma once

#include "core/world_model.h"

namespace drift {

// The first frame of each opening (four at most), dreamed by both under the world's own settings, without a key and from the same noise: PSNR in dB of one against the
// other, of the opening where it is lowest. 0 where `dream` makes values that are not finite,
// psnr_ceiling where the frames are equal, infinity where there are no openings.
double psnr_of_first_frames(WorldModel& dream, WorldModel& reference);

}  // namespace drift
