#include "media/decoded_picture.h"

#include <cstdlib>
#include <cstring>
#include <string>

#include "core/error.h"

extern "C" {
#include <libavutil/pixdesc.h>
}

namespace drift {
namespace {

std::span<const std::int32_t, 9> matrix_at(const void* data) {
    return std::span<const std::int32_t, 9>(static_cast<const std::int32_t*>(data), 9);
}
constexpr std::size_t matrix_bytes = 9 * sizeof(std::int32_t);

// A recording of ours: the bytes are what they were.
Frame copied(const AVFrame& p) {
    Frame frame(p.width, p.height);
    for (int y = 0; y < p.height; ++y) {
        const std::uint8_t* from = p.data[0] + static_cast<std::ptrdiff_t>(y) * p.linesize[0];
        for (int x = 0; x < p.width; ++x, from += 4) {
            std::uint8_t* to = frame.at(x, y);
            to[0] = from[2], to[1] = from[1], to[2] = from[0];
        }
    }
    return frame;
}

}  // namespace

Frame PictureConverter::rgb(const AVFrame& p, const std::filesystem::path& file) {
    if (p.width < 1 || p.height < 1 || p.width > longest_picture_side || p.height > longest_picture_side)
        throw Error(file, "expected pictures of at most " + std::to_string(longest_picture_side) +
                              " pixels a side, found " + std::to_string(p.width) + " x " + std::to_string(p.height));
    const auto format = static_cast<AVPixelFormat>(p.format);
    if (format == AV_PIX_FMT_BGR0) return copied(p);
    const AVPixFmtDescriptor* facts = av_pix_fmt_desc_get(format);
    if (!facts || !sws_isSupportedInput(format))
        throw Error(file, std::string("expected pictures that FFmpeg can turn into RGB, found the pixel format ") +
                              (facts ? facts->name : "unknown"));
    const bool transparent = (facts->flags & AV_PIX_FMT_FLAG_ALPHA) != 0;
    const AVPixelFormat to = transparent ? AV_PIX_FMT_RGBA : AV_PIX_FMT_RGB24;
    if (!scaler_ || format != format_ || p.width != width_ || p.height != height_ || p.colorspace != space_ ||
        p.color_range != range_) {
        scaler_.reset(sws_getContext(p.width, p.height, format, p.width, p.height, to,
                                     SWS_BICUBIC | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INT, nullptr, nullptr, nullptr));
        if (!scaler_)
            throw Error(file, std::string("expected pictures that FFmpeg can turn into RGB, found ") + facts->name +
                                  " of " + std::to_string(p.width) + " x " + std::to_string(p.height));
        const int* colours = sws_getCoefficients(p.colorspace == AVCOL_SPC_BT709 ? SWS_CS_ITU709 : SWS_CS_ITU601);
        sws_setColorspaceDetails(scaler_.get(), colours, p.color_range == AVCOL_RANGE_JPEG, colours, 1, 0, 1 << 16,
                                 1 << 16);
        format_ = format, width_ = p.width, height_ = p.height, space_ = p.colorspace, range_ = p.color_range;
    }
    Owned<AVFrame> converted = make_picture(to, p.width, p.height);  // its rows are padded, as the scaler wants them
    sws_scale(scaler_.get(), p.data, p.linesize, 0, p.height, converted->data, converted->linesize);
    Frame frame(p.width, p.height);
    for (int y = 0; y < p.height; ++y) {
        const std::uint8_t* from = converted->data[0] + static_cast<std::ptrdiff_t>(y) * converted->linesize[0];
        if (!transparent) {
            std::memcpy(frame.at(0, y), from, static_cast<std::size_t>(p.width) * 3);
            continue;
        }
        for (int x = 0; x < p.width; ++x, from += 4)
            for (int colour = 0; colour < 3; ++colour)
                frame.at(x, y)[colour] = static_cast<std::uint8_t>((from[colour] * from[3] + 127) / 255);
    }
    return frame;
}

Orientation orientation_of(const AVFrame& picture) {
    const AVFrameSideData* said = av_frame_get_side_data(&picture, AV_FRAME_DATA_DISPLAYMATRIX);
    if (said && static_cast<std::size_t>(said->size) >= matrix_bytes) return orientation_of(matrix_at(said->data));
    const AVDictionaryEntry* exif = av_dict_get(picture.metadata, "Orientation", nullptr, 0);
    return exif ? orientation_of_exif(std::atoi(exif->value)) : Orientation{};
}

Orientation orientation_of(const AVStream& stream) {
    const void* matrix = display_matrix(stream, matrix_bytes);
    return matrix ? orientation_of(matrix_at(matrix)) : Orientation{};
}

}  // namespace drift
