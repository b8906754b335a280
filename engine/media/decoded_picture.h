// A picture as one of FFmpeg's decoders gives it, in any of its pixel formats, as a Frame.
#pragma once

#include <filesystem>

#include "core/frame.h"
#include "media/ffmpeg.h"
#include "media/orientation.h"

namespace drift {

constexpr int longest_picture_side = 8192;

// Keeps what converting needs from one picture to the next, and makes it anew where format, size or colours change between them.
class PictureConverter {
public:
    // Stored as it lies, not turned. What is transparent lies on black. `file` stands in the Error for formats that cannot be converted.
    Frame rgb(const AVFrame& picture, const std::filesystem::path& file);

private:
    Owned<SwsContext> scaler_;
    AVPixelFormat format_ = AV_PIX_FMT_NONE;
    int width_ = 0, height_ = 0, space_ = -1, range_ = -1;
};

// What the picture itself says (a display matrix, EXIF); upright where it says nothing.
Orientation orientation_of(const AVFrame& picture);
// What the stream says of all its pictures.
Orientation orientation_of(const AVStream& stream);

}  // namespace drift
