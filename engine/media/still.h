// Pictures of any usual kind in: PNG, JPEG, WebP, BMP, GIF, TIFF, QOI, PNM.
#pragma once

#include <filesystem>
#include <string>

#include "core/frame.h"

namespace drift {

// The kind is told by what is in the file, not by its name. Turned upright as its EXIF says; what is transparent lies on black; of several
// pictures the first. Throws Error where it is no whole picture of these kinds or one of its sides is longer than `max_side`.
Frame load_picture(const std::filesystem::path& file, int max_side = 8192);

// The same of the bytes of a JPEG; `name` stands in errors.
Frame decoded_jpeg(const std::string& bytes, const std::filesystem::path& name, int max_side = 8192);

}  // namespace drift
