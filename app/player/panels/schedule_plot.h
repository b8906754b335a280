// The noise levels of a frame, drawn: what the sampler's sliders do.
#pragma once

#include "player/view.h"

namespace drift {

void schedule_plot(const View& view);

}  // namespace drift
