// The noise of a large picture takes as long as a layer of its network, and is shared out likewise.
#pragma once

#include "core/noise.h"

namespace drift {

// As noise(), by LibTorch's threads: the same values for any number of them.
void noise_by_threads(const NoiseKey& key, std::uint32_t draw, std::span<float> values);

}  // namespace drift
