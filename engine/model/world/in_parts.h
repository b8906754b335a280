// What is to be done where a device's memory does not hold all dreams at once.
#pragma once

#include <functional>
#include <span>
#include <string>

#include "core/world_model.h"

namespace drift {

using ImagineAll = std::function<void(std::span<const DreamRequest>, std::span<Frame>)>;

// All at once, or in halves where that throws c10::OutOfMemoryError, and these in halves. Throws Error where one alone does not fit.
void imagine_in_parts(std::span<const DreamRequest> requests, std::span<Frame> frames, const std::string& world,
                      const ImagineAll& imagine);

}  // namespace drift
