// A moment as a file: go back to it in any later session of the same world.
#pragma once

#include <filesystem>
#include <string>

#include "core/world_model.h"
#include "session/log/moment.h"

namespace drift {

// Written beside and renamed: the file is whole or was not touched. Throws Error.
void write_state(const std::filesystem::path& file, const WorldInfo& world, const Moment& moment);
// Throws Error where the file is damaged, of a newer version, or of another world or other weights.
Moment read_state(const std::filesystem::path& file, const WorldInfo& world);

// The world that it is of. Throws Error where the file is no state of ours.
std::string world_of_state(const std::filesystem::path& file);

}  // namespace drift
