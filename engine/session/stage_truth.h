// What the stage and its truth share.
#pragma once

#include <cstdint>
#include <string>

#include "core/world_model.h"

namespace drift {

// Throws Error where this is no history of that world's; `whose` says which it was to be.
void check_history(const WorldInfo& world, const History& history, const char* whose);
// Does the next frame depend on more than the pictures before it? Then stored pictures cannot stand for dreamed ones, and the world must look at real
// ones.
inline bool goes_beyond(const WorldInfo& world) { return world.low_width > 0 || world.rewards || world.policy; }
// Another number for each seed and each row of actions since; never 0.
std::uint64_t path_of_seed(std::uint64_t seed);

}  // namespace drift
