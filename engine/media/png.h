// PNG files in and out.
#pragma once

#include <filesystem>
#include <string_view>

#include "core/frame.h"

namespace drift {

// Writes 8-bit RGB, and before its end `chunks`, whole ones (chunks_to_carry). The file appears whole or not at all: it is written beside its place and then renamed.
// Throws Error where the frame is empty or the file cannot be written.
void save_png(const std::filesystem::path& path, const Frame& frame, std::string_view chunks = {});

// Reads RGB, RGBA, grey or palette, 8 or 16 bits; what is transparent lies on black.
// Throws Error where the file is not a whole PNG or one of its sides is longer than `max_side`: known before anything is allocated.
Frame load_png(const std::filesystem::path& path, int max_side = 8192);

}  // namespace drift
