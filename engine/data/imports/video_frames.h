// The frames of a video that belongs to actions: all of them, or none will do.
#pragma once

#include <filesystem>
#include <functional>

#include "core/frame.h"

namespace drift {

// Each frame in turn. Throws Error where the video cannot be read, or a piece of it could not be decoded: later frames would no longer be those of
// their actions.
void read_all_frames(const std::filesystem::path& video, const std::function<void(Frame)>& each);

}  // namespace drift
