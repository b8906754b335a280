#include "media/still.h"

#include <algorithm>
#include <cstring>
#include <iterator>
#include <string>
#include <string_view>

#include "core/error.h"
#include "core/files.h"
#include "media/decoded_picture.h"
#include "media/png.h"

namespace drift {
namespace {

namespace fs = std::filesystem;
using namespace std::literals;

constexpr std::uint64_t largest_file = 256u << 20;

struct Kind {
    std::string_view begin;
    std::size_t at;  // where that stands
    AVCodecID codec;
    const char* name;
};
constexpr Kind kinds[] = {{"\xFF\xD8\xFF"sv, 0, AV_CODEC_ID_MJPEG, "JPEG"},
                          {"WEBP"sv, 8, AV_CODEC_ID_WEBP, "WebP"},
                          {"BM"sv, 0, AV_CODEC_ID_BMP, "BMP"},
                          {"GIF8"sv, 0, AV_CODEC_ID_GIF, "GIF"},
                          {"II*\0"sv, 0, AV_CODEC_ID_TIFF, "TIFF"},
                          {"MM\0*"sv, 0, AV_CODEC_ID_TIFF, "TIFF"},
                          {"qoif"sv, 0, AV_CODEC_ID_QOI, "QOI"},
                          {"P4"sv, 0, AV_CODEC_ID_PBM, "PNM"},
                          {"P5"sv, 0, AV_CODEC_ID_PGM, "PNM"},
                          {"P6"sv, 0, AV_CODEC_ID_PPM, "PNM"}};

Frame decode(const Kind& kind, const std::string& bytes, const fs::path& file, int max_side) {
    av_log_set_level(AV_LOG_QUIET);
    const AVCodec* codec = avcodec_find_decoder(kind.codec);
    if (!codec) throw Error(file, std::string("cannot be read: this FFmpeg has no decoder for ") + kind.name);
    Owned<AVCodecContext> decoder(avcodec_alloc_context3(codec));
    Owned<AVPacket> packet(av_packet_alloc());
    Owned<AVFrame> picture(av_frame_alloc());
    if (!decoder || !packet || !picture || av_new_packet(packet.get(), static_cast<int>(bytes.size())) < 0)
        throw std::bad_alloc();
    std::memcpy(packet->data, bytes.data(), bytes.size());
    decoder->thread_count = 1;
    decoder->max_pixels = static_cast<std::int64_t>(max_side) * max_side;
    if (kind.codec == AV_CODEC_ID_MJPEG)
        decoder->err_recognition = AV_EF_EXPLODE;  // else a cut one ends in grey; others are refused anyway
    auto damaged = [&](int code) {
        return Error(file, std::string("is a damaged or too large ") + kind.name + " picture (" + cause_of(code) + ")");
    };
    if (int code = avcodec_open2(decoder.get(), codec, nullptr); code < 0) throw damaged(code);
    if (int code = avcodec_send_packet(decoder.get(), packet.get()); code < 0) throw damaged(code);
    avcodec_send_packet(decoder.get(), nullptr);
    if (int code = avcodec_receive_frame(decoder.get(), picture.get()); code < 0) throw damaged(code);
    if (picture->decode_error_flags != 0 || (picture->flags & AV_FRAME_FLAG_CORRUPT))
        throw damaged(AVERROR_INVALIDDATA);
    if (picture->width > max_side || picture->height > max_side)
        throw Error(file, "expected a picture of at most " + std::to_string(max_side) + " pixels a side, found " +
                              std::to_string(picture->width) + " x " + std::to_string(picture->height));
    return turned(PictureConverter().rgb(*picture, file), orientation_of(*picture));
}

}  // namespace

Frame decoded_jpeg(const std::string& bytes, const fs::path& name, int max_side) {
    const Kind& jpeg = kinds[0];
    if (!bytes.starts_with(jpeg.begin)) throw Error(name, "expected a JPEG picture, found other bytes");
    return decode(jpeg, bytes, name, max_side);
}

Frame load_picture(const fs::path& file, int max_side) {
    constexpr std::string_view png = "\x89PNG"sv;
    InputFile in(file);
    std::string bytes(std::min<std::uint64_t>(in.size(), 16), '\0');
    in.read(bytes.data(), bytes.size());
    if (bytes.starts_with(png)) return load_png(file, max_side);
    auto kind = std::find_if(std::begin(kinds), std::end(kinds), [&](const Kind& known) {
        return bytes.size() > known.at && bytes.compare(known.at, known.begin.size(), known.begin) == 0;
    });
    if (kind == std::end(kinds))
        throw Error(file, "expected a PNG, JPEG, WebP, BMP, GIF, TIFF, QOI or PNM picture, found " +
                              std::string(bytes.empty() ? "an empty file" : "another kind of file"));
    if (in.size() > largest_file)
        throw Error(file, "expected a picture of at most " + std::to_string(largest_file >> 20) +
                              " MB, found a file of " + std::to_string(in.size() >> 20));
    bytes.resize(in.size());
    in.seek(0);
    in.read(bytes.data(), bytes.size());
    return decode(*kind, bytes, file, max_side);
}

}  // namespace drift
