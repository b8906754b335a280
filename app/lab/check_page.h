// A check's page of pictures.
#pragma once

#include <filesystem>

#include "measure/world_check.h"

namespace drift {

// Rows of pictures, the dream above the real game, and what is wrong below. Throws Error where the file cannot be written, or this build draws none.
void save_check_page(const std::filesystem::path& path, const std::string& world, const WorldCheck& check);

}  // namespace drift
