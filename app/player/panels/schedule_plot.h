// The noise levels of a frame, drawn: what the sampler's sliders do.
#pragma once

#include <cstddef>
#include <vector>

#include "player/view.h"

namespace drift {

// Of labels so wide, centred at rising places, every so many-th that overlaps neither the one before nor what is outside of `from` to `to`.
std::vector<std::size_t> apart(const std::vector<float>& places, float width, float from, float to, std::size_t every);

void schedule_plot(const View& view);

}  // namespace drift
