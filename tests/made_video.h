// Videos as other programs leave them, made with FFmpeg's own encoders: of several pixel formats, turned, with uneven times.
#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libswscale/swscale.h>
}

#include "core/frame.h"

namespace drift {

struct MadePicture {
    Frame frame;
    std::int64_t milliseconds = 0;
    AVPixelFormat format = AV_PIX_FMT_RGB24;
};

// One picture as the encoder gives it; a new encoder each: all of them are whole by themselves.
inline std::string encoded_picture(AVCodecID codec, const MadePicture& made, AVCodecParameters* parameters = nullptr) {
    AVCodecContext* encoder = avcodec_alloc_context3(avcodec_find_encoder(codec));
    encoder->width = made.frame.width, encoder->height = made.frame.height, encoder->pix_fmt = made.format,
    encoder->time_base = {1, 1000};
    encoder->strict_std_compliance = FF_COMPLIANCE_UNOFFICIAL;
    if (made.format == AV_PIX_FMT_YUVJ444P || made.format == AV_PIX_FMT_YUVJ420P)
        encoder->color_range = AVCOL_RANGE_JPEG;
    std::string bytes;
    if (avcodec_open2(encoder, nullptr, nullptr) == 0) {
        AVFrame* picture = av_frame_alloc();
        picture->width = made.frame.width, picture->height = made.frame.height, picture->format = made.format;
        av_frame_get_buffer(picture, 0);
        SwsContext* scaler =
            sws_getContext(made.frame.width, made.frame.height, AV_PIX_FMT_RGB24, made.frame.width, made.frame.height,
                           made.format, SWS_BICUBIC | SWS_ACCURATE_RND, nullptr, nullptr, nullptr);
        const std::uint8_t* rows[] = {made.frame.rgb.data()};
        const int stride[] = {made.frame.width * 3};
        sws_scale(scaler, rows, stride, 0, made.frame.height, picture->data, picture->linesize);
        AVPacket* packet = av_packet_alloc();
        avcodec_send_frame(encoder, picture);
        avcodec_send_frame(encoder, nullptr);
        if (avcodec_receive_packet(encoder, packet) == 0)
            bytes.assign(reinterpret_cast<char*>(packet->data), static_cast<std::size_t>(packet->size));
        if (parameters) avcodec_parameters_from_context(parameters, encoder);
        sws_freeContext(scaler), av_packet_free(&packet), av_frame_free(&picture);
    }
    avcodec_free_context(&encoder);
    return bytes;
}

// `muxer` as FFmpeg names it: "mov", "flv", "matroska". PNG keeps every bit.
inline void make_video(const std::filesystem::path& file, const char* muxer, const std::vector<MadePicture>& pictures,
                       AVCodecID codec = AV_CODEC_ID_PNG) {
    AVFormatContext* out = nullptr;
    avformat_alloc_output_context2(&out, nullptr, muxer, file.c_str());
    AVStream* track = avformat_new_stream(out, nullptr);
    std::vector<std::string> packets;
    for (const MadePicture& picture : pictures)
        packets.push_back(encoded_picture(codec, picture, packets.empty() ? track->codecpar : nullptr));
    track->time_base = {1, 1000};
    avio_open(&out->pb, file.c_str(), AVIO_FLAG_WRITE);
    if (avformat_write_header(out, nullptr) >= 0) {
        for (std::size_t i = 0; i < packets.size(); ++i) {
            AVPacket* packet = av_packet_alloc();
            av_new_packet(packet, static_cast<int>(packets[i].size()));
            std::copy(packets[i].begin(), packets[i].end(), packet->data);
            packet->pts = packet->dts = pictures[i].milliseconds;
            packet->duration = i + 1 < pictures.size() ? pictures[i + 1].milliseconds - pictures[i].milliseconds
                               : i > 0                 ? pictures[i].milliseconds - pictures[i - 1].milliseconds
                                                       : 40;
            packet->flags |= AV_PKT_FLAG_KEY;
            av_packet_rescale_ts(packet, {1, 1000}, track->time_base);
            av_write_frame(out, packet);
            av_packet_free(&packet);
        }
        av_write_trailer(out);
    }
    avio_closep(&out->pb);
    avformat_free_context(out);
}

inline std::string bytes_of(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}
inline void put_bytes(const std::filesystem::path& file, const std::string& bytes) {
    std::ofstream(file, std::ios::binary) << bytes;
}

// Writes a display matrix into the header of the one track of a MOV or MP4 file: a, b, c, d as whole numbers.
inline void turn_video(const std::filesystem::path& file, int a, int b, int c, int d) {
    std::string bytes = bytes_of(file);
    std::size_t at = bytes.find("tkhd") + 4 + 40;  // behind version, times, numbers and volume
    for (std::int64_t value : {a * 65536ll, b * 65536ll, 0ll, c * 65536ll, d * 65536ll, 0ll, 0ll, 0ll, 1ll << 30})
        for (int shift = 24; shift >= 0; shift -= 8) bytes[at++] = static_cast<char>(value >> shift);
    put_bytes(file, bytes);
}

}  // namespace drift
