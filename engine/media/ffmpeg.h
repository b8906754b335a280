// What the files of this room share of FFmpeg: owners of its objects, and the words for its failures.
#pragma once

#include <memory>
#include <new>
#include <string>

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

inline Owned<AVFrame> make_picture(AVPixelFormat format, int width, int height) {
    Owned<AVFrame> picture(av_frame_alloc());
    if (!picture) throw std::bad_alloc();
    picture->format = format;
    picture->width = width;
    picture->height = height;
    if (av_frame_get_buffer(picture.get(), 0) < 0) throw std::bad_alloc();
    return picture;
}

}  // namespace drift
