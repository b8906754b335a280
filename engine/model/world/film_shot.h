// A call of the network as a film strip shows it.
#pragma once

#include <vector>

#include "core/film.h"
#include "model/sampling/sampler.h"

namespace drift {

// Appends sample i of the call. `context`: what the frame was made from; its newest frame is what the first answer is compared with. Waits for
// the device.
void shoot(Film& film, const std::vector<Frame>& context, const SamplerCall& call, std::int64_t i);

}  // namespace drift
