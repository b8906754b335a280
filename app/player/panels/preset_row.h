// The row of presets above the sampler's settings: choose, save, copy and paste them, and flip between two settings, A and B.
#pragma once

#include "player/view.h"

namespace drift {

// Changes view.settings, view.ab and view.presets. True: the settings were changed.
bool preset_row(View& view);
// The key: plays the side that waited, and says so.
void flip_ab(View& view);

}  // namespace drift
