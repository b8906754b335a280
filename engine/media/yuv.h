// Frames as video codecs take them, and finding such a codec: what all of this room's lossy videos share.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "core/frame.h"
#include "media/ffmpeg.h"

namespace drift {

// The first of these encoders (FFmpeg's names) that is there and opens as `make` set it up. Throws Error where there is none.
Owned<AVCodecContext> first_encoder(const std::filesystem::path& path, const std::vector<std::string>& names,
                                    const std::function<Owned<AVCodecContext>(const AVCodec*)>& make);

// BT.709, video range, 4:2:0.
void tag_colours(AVCodecContext* encoder);

// RGB, full range, to BT.709, video range: FFmpeg's default is BT.601, which players show with other colours than were recorded.
// Odd sizes are padded by one pixel, which repeats the edge.
class YuvPicture {
public:
    YuvPicture(int width, int height);
    static int padded(int side) { return side + side % 2; }
    // The picture may be changed until the next call. Frames of the given size only. A code below 0: there is no memory.
    int take(const Frame& frame);
    AVFrame* get() const { return yuv_.get(); }

private:
    int width_, height_;
    Owned<SwsContext> scaler_;
    Owned<AVFrame> rgb_, yuv_;
};

}  // namespace drift
