// Pictures of data sets as media reads them; a build without media has the same calls, and each says so.
#pragma once

#include <filesystem>
#include <functional>

#include "core/frame.h"

namespace drift {

Frame read_picture(const std::filesystem::path& file);
// Each frame of a video in turn. Throws Error where it has more than one track of pictures, too.
void read_video(const std::filesystem::path& file, const std::function<void(Frame)>& each);
Frame resized_picture(const Frame& frame, int width, int height);

}  // namespace drift
