// Pictures of the window as files.
#pragma once

#include <filesystem>

#include "core/frame.h"
#include "player/view.h"

namespace drift {

// A new name in the user's pictures folder: world, seed, step.
std::filesystem::path screenshot_file(const View& view);
// Throws Error where it cannot be written, or where this player was built without pictures.
void save_screenshot(const std::filesystem::path& file, const Frame& frame);

}  // namespace drift
