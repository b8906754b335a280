#include "media/yuv.h"

#include <algorithm>
#include <cstring>
#include <new>

#include "core/error.h"

namespace drift {

Owned<AVCodecContext> first_encoder(const std::filesystem::path& path, const std::vector<std::string>& names,
                                    const std::function<Owned<AVCodecContext>(const AVCodec*)>& make) {
    std::string tried, cause;
    for (const std::string& name : names) {
        tried += (tried.empty() ? "" : " or ") + name;
        const AVCodec* codec = avcodec_find_encoder_by_name(name.c_str());
        if (!codec) continue;
        Owned<AVCodecContext> encoder = make(codec);
        int code = avcodec_open2(encoder.get(), codec, nullptr);
        if (code >= 0) return encoder;
        cause = "the encoder " + name + " does not open (" + cause_of(code) + ")";
    }
    throw Error(path, "cannot be written: " + (cause.empty() ? "this FFmpeg has no encoder " + tried : cause));
}

void tag_colours(AVCodecContext* encoder) {
    encoder->pix_fmt = AV_PIX_FMT_YUV420P;
    encoder->color_range = AVCOL_RANGE_MPEG;
    encoder->colorspace = AVCOL_SPC_BT709;
    encoder->color_primaries = AVCOL_PRI_BT709;
    encoder->color_trc = AVCOL_TRC_BT709;
    encoder->chroma_sample_location = AVCHROMA_LOC_CENTER;
}

YuvPicture::YuvPicture(int width, int height)
    : width_(width),
      height_(height),
      rgb_(make_picture(AV_PIX_FMT_RGB24, padded(width), padded(height))),
      yuv_(make_picture(AV_PIX_FMT_YUV420P, padded(width), padded(height))) {
    scaler_.reset(sws_getContext(padded(width), padded(height), AV_PIX_FMT_RGB24, padded(width), padded(height),
                                 AV_PIX_FMT_YUV420P, SWS_AREA | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INP, nullptr, nullptr,
                                 nullptr));
    if (!scaler_) throw std::bad_alloc();
    const int* bt709 = sws_getCoefficients(SWS_CS_ITU709);
    sws_setColorspaceDetails(scaler_.get(), bt709, 1, bt709, 0, 0, 1 << 16, 1 << 16);
}

int YuvPicture::take(const Frame& frame) {
    if (int code = av_frame_make_writable(yuv_.get()); code < 0)
        return code;  // the encoder may still hold the last one
    for (int y = 0; y < rgb_->height; ++y) {
        std::uint8_t* row = rgb_->data[0] + static_cast<std::ptrdiff_t>(y) * rgb_->linesize[0];
        std::memcpy(row, frame.at(0, std::min(y, height_ - 1)), static_cast<std::size_t>(width_) * 3);
        if (rgb_->width > width_) std::memcpy(row + width_ * 3, row + (width_ - 1) * 3, 3);
    }
    sws_scale(scaler_.get(), rgb_->data, rgb_->linesize, 0, rgb_->height, yuv_->data, yuv_->linesize);
    return 0;
}

}  // namespace drift
