#include "media/resize.h"

#include "media/ffmpeg.h"

namespace drift {

// Each colour as a grey picture of its own: as RGB the scaler would take a detour over YUV, which rounds.
Frame resized(const Frame& frame, int width, int height) {
    Frame result(width, height);
    Owned<SwsContext> scaler(sws_getContext(frame.width, frame.height, AV_PIX_FMT_GRAY8, width, height,
                                            AV_PIX_FMT_GRAY8, SWS_AREA | SWS_ACCURATE_RND, nullptr, nullptr, nullptr));
    if (!scaler) throw std::bad_alloc();
    Owned<AVFrame> from = make_picture(AV_PIX_FMT_GRAY8, frame.width, frame.height),
                   to = make_picture(AV_PIX_FMT_GRAY8, width, height);
    for (int colour = 0; colour < 3; ++colour) {
        for (int y = 0; y < frame.height; ++y) {
            const std::uint8_t* row = frame.at(0, y) + colour;
            std::uint8_t* grey = from->data[0] + static_cast<std::ptrdiff_t>(y) * from->linesize[0];
            for (int x = 0; x < frame.width; ++x) grey[x] = row[3 * x];
        }
        sws_scale(scaler.get(), from->data, from->linesize, 0, frame.height, to->data, to->linesize);
        for (int y = 0; y < height; ++y)
            for (int x = 0; x < width; ++x)
                result.at(x, y)[colour] = to->data[0][static_cast<std::ptrdiff_t>(y) * to->linesize[0] + x];
    }
    return result;
}

}  // namespace drift
