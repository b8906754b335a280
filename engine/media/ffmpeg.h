// What the files of this room share of FFmpeg: owners of its objects, and the words for its failures.
#pragma once

#include <filesystem>
#include <memory>
#include <new>
#include <string>

#include "core/error.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libswscale/swscale.h>
}

namespace drift {

struct FreeFFmpeg {
    void operator()(AVCodecContext* codec) const { avcodec_free_context(&codec); }
    void operator()(AVFrame* frame) const { av_frame_free(&frame); }
    void operator()(AVPacket* packet) const { av_packet_free(&packet); }
    void operator()(SwsContext* scaler) const { sws_freeContext(scaler); }
    // Of a file that is written or read.
    void operator()(AVFormatContext* file) const {
        if (file->iformat) {
            avformat_close_input(&file);
        } else {
            avio_closep(&file->pb);
            avformat_free_context(file);
        }
    }
};
template <class T>
using Owned = std::unique_ptr<T, FreeFFmpeg>;

inline std::string cause_of(int code) {
    char text[AV_ERROR_MAX_STRING_SIZE] = {};
    av_strerror(code, text, sizeof text);
    return text;
}

// The display matrix that a file gives for all pictures of a stream; null where there is none of so many bytes.
inline const void* display_matrix(const AVStream& stream, std::size_t bytes) {
#if LIBAVFORMAT_VERSION_INT >= AV_VERSION_INT(60, 15, 100)  // where FFmpeg 6.1 moved it
    const AVPacketSideData* said = av_packet_side_data_get(
        stream.codecpar->coded_side_data, stream.codecpar->nb_coded_side_data, AV_PKT_DATA_DISPLAYMATRIX);
    return said && said->size >= bytes ? said->data : nullptr;
#else
    std::size_t size = 0;
    const void* data = av_stream_get_side_data(&stream, AV_PKT_DATA_DISPLAYMATRIX, &size);
    return data && size >= bytes ? data : nullptr;
#endif
}

inline Owned<AVFormatContext> make_matroska(const std::filesystem::path& path) {
    AVFormatContext* made = nullptr;
    if (avformat_alloc_output_context2(&made, nullptr, "matroska", nullptr) < 0)
        throw Error(path, "cannot be recorded: this FFmpeg writes no Matroska");
    return Owned<AVFormatContext>(made);
}

// "file:" keeps a path like "a:b" from being taken for a protocol.
inline std::string address(const std::filesystem::path& path) { return "file:" + path.string(); }

inline Owned<AVFrame> make_picture(AVPixelFormat format, int width, int height) {
    Owned<AVFrame> picture(av_frame_alloc());
    if (!picture) throw std::bad_alloc();
    picture->format = format;
    picture->width = width;
    picture->height = height;
    if (av_frame_get_buffer(picture.get(), 0) < 0) throw std::bad_alloc();
    return picture;
}

// Gives the encoder a picture (null: the end) and `write` each packet that is complete then. `check` throws for codes below 0.
template <class Check, class Write>
void encode_into(AVCodecContext* encoder, const AVFrame* picture, AVPacket* packet, Check check, Write write) {
    check(avcodec_send_frame(encoder, picture));
    for (;;) {
        int code = avcodec_receive_packet(encoder, packet);
        if (code == AVERROR(EAGAIN) || code == AVERROR_EOF) return;
        check(code);
        write();
        av_packet_unref(packet);
    }
}

// Puts the encoder's packet into a track of the file.
inline int write_packet(AVFormatContext* output, AVStream* track, const AVCodecContext* encoder, AVPacket* packet) {
    packet->duration = 1;
    packet->stream_index = track->index;
    av_packet_rescale_ts(packet, encoder->time_base, track->time_base);
    return av_write_frame(output, packet);
}

}  // namespace drift
