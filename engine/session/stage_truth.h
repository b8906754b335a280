// What the stage and its truth share.
#pragma once

#include <cstdint>
#include <string>

#include "core/world_model.h"

namespace drift {

// Throws Error where this is no history of that world's; `whose` says which it was to be.
void check_history(const WorldInfo& world, const History& history, const char* whose);
// Another number for each seed and each row of actions since; never 0.
std::uint64_t path_of_seed(std::uint64_t seed);

}  // namespace drift
