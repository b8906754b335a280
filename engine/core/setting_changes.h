// What sets one group of sampler settings apart from another.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/sampler_settings.h"

namespace drift {

// Those of `settings`, by name as text, that `usual` has otherwise or, of an upsampler, not at all. In the panel's order.
std::vector<std::pair<std::string, std::string>> changed_settings(const SamplerSettings& settings,
                                                                  const SamplerSettings& usual);

}  // namespace drift
