// An episode's frames in frames.npy.
#pragma once

#include <filesystem>
#include <optional>

#include "core/frames.h"
#include "data/picture_size.h"

namespace drift {

// uint8 [frames, height, width, 3]. They stay in the file, each is read when it is asked for and made `size` where it is given. Throws Error where
// the array is another, and so does a frame that is no longer there.
Frames frames_of_array(const std::filesystem::path& file, const std::optional<PictureSize>& size);

}  // namespace drift
