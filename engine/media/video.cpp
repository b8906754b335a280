// H.264 in a fragmented MP4, through FFmpeg.
#include "media/video.h"

#include <algorithm>
#include <cstring>
#include <exception>
#include <new>
#include <string_view>
#include <system_error>

extern "C" {
#include <libavutil/opt.h>
}

#include "core/error.h"
#include "media/ffmpeg.h"

namespace drift {
namespace {

namespace fs = std::filesystem;

// Null where it does not open; `cause` says why.
Owned<AVCodecContext> open_encoder(const AVCodec* codec, int width, int height, int rate, std::string& cause) {
    Owned<AVCodecContext> encoder(avcodec_alloc_context3(codec));
    if (!encoder) throw std::bad_alloc();
    encoder->width = width;
    encoder->height = height;
    encoder->pix_fmt = AV_PIX_FMT_YUV420P;
    encoder->time_base = {1, rate};
    encoder->framerate = {rate, 1};
    encoder->sample_aspect_ratio = {1, 1};
    encoder->gop_size = std::max(1, rate / 2);  // a fragment ends where a group of pictures ends
    encoder->max_b_frames = 0;
    encoder->thread_count = 1;  // the model wants the other cores
    encoder->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
    encoder->color_range = AVCOL_RANGE_MPEG;
    encoder->colorspace = AVCOL_SPC_BT709;
    encoder->color_primaries = AVCOL_PRI_BT709;
    encoder->color_trc = AVCOL_TRC_BT709;
    encoder->chroma_sample_location = AVCHROMA_LOC_CENTER;
    if (std::string_view(codec->name) == "libx264") {
        encoder->profile = FF_PROFILE_H264_HIGH;
        av_opt_set(encoder->priv_data, "preset", "veryfast", 0);
        av_opt_set(encoder->priv_data, "tune", "zerolatency", 0);  // looking ahead would keep seconds in memory that a crash loses
        av_opt_set(encoder->priv_data, "crf", "12", 0);            // hardly to be told from the frames
    } else {
        encoder->flags |= AV_CODEC_FLAG_QSCALE;
        encoder->global_quality = 2 * FF_QP2LAMBDA;
    }
    if (int code = avcodec_open2(encoder.get(), codec, nullptr); code < 0) {
        cause = std::string("the encoder ") + codec->name + " does not open (" + cause_of(code) + ")";
        return nullptr;
    }
    return encoder;
}

Owned<AVCodecContext> first_encoder(const fs::path& path, const std::vector<std::string>& names, int width, int height, int rate) {
    std::string tried, cause;
    for (const std::string& name : names) {
        tried += (tried.empty() ? "" : " or ") + name;
        if (const AVCodec* codec = avcodec_find_encoder_by_name(name.c_str()))
            if (auto encoder = open_encoder(codec, width, height, rate, cause)) return encoder;
    }
    throw Error(path, "cannot be recorded: " + (cause.empty() ? "this FFmpeg has no encoder " + tried : cause));
}

// RGB, full range, to BT.709, video range: FFmpeg's default is BT.601, which players show with other colours than were recorded.
Owned<SwsContext> make_scaler(int width, int height) {
    Owned<SwsContext> scaler(sws_getContext(width, height, AV_PIX_FMT_RGB24, width, height, AV_PIX_FMT_YUV420P,
                                            SWS_AREA | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INP, nullptr, nullptr, nullptr));
    if (!scaler) throw std::bad_alloc();
    const int* bt709 = sws_getCoefficients(SWS_CS_ITU709);
    sws_setColorspaceDetails(scaler.get(), bt709, 1, bt709, 0, 0, 1 << 16, 1 << 16);
    return scaler;
}

int even(int n) { return n + n % 2; }

}  // namespace

struct VideoWriter::Stream {
    Stream(const fs::path& file, int w, int h, int rate, const std::vector<std::string>& names)
        : path(file), width(w), height(h), encoder(first_encoder(file, names, even(w), even(h), rate)),
          scaler(make_scaler(even(w), even(h))), rgb(make_picture(AV_PIX_FMT_RGB24, even(w), even(h))),
          yuv(make_picture(AV_PIX_FMT_YUV420P, even(w), even(h))), packet(av_packet_alloc()) {
        open_output();
    }

    void open_output() {
        AVFormatContext* made = nullptr;
        if (avformat_alloc_output_context2(&made, nullptr, "mp4", nullptr) < 0) throw Error(path, "cannot be recorded: this FFmpeg writes no MP4");
        output.reset(made);
        track = avformat_new_stream(made, nullptr);
        if (!track || !packet) throw std::bad_alloc();
        track->time_base = encoder->time_base;
        track->avg_frame_rate = encoder->framerate;
        avcodec_parameters_from_context(track->codecpar, encoder.get());
        // "file:" keeps a path like "a:b" from being taken for a protocol.
        if (int code = avio_open(&made->pb, ("file:" + path.string()).c_str(), AVIO_FLAG_WRITE); code < 0)
            throw Error(path, "cannot be written (" + cause_of(code) + ")");
        AVDictionary* options = nullptr;
        av_dict_set(&options, "movflags", "frag_keyframe+empty_moov+default_base_moof", 0);
        int code = avformat_write_header(made, &options);
        av_dict_free(&options);
        check(code);
        flush();
    }

    void fill_rgb(const Frame& frame) {
        for (int y = 0; y < rgb->height; ++y) {
            std::uint8_t* row = rgb->data[0] + static_cast<std::ptrdiff_t>(y) * rgb->linesize[0];
            std::memcpy(row, frame.at(0, std::min(y, height - 1)), static_cast<std::size_t>(width) * 3);
            if (rgb->width > width) std::memcpy(row + width * 3, row + (width - 1) * 3, 3);
        }
    }

    // `picture` null: the end; the encoder gives what it still holds.
    void encode(const AVFrame* picture) {
        encode_into(encoder.get(), picture, packet.get(), [this](int code) { check(code); }, [&] {
            check(write_packet(output.get(), track, encoder.get(), packet.get()));
            flush();
        });
    }

    void flush() {
        avio_flush(output->pb);
        check(output->pb->error);
        whole = avio_tell(output->pb);
    }

    // Ends the file where it was still whole, so that what was recorded plays.
    void check(int code) {
        if (code >= 0) return;
        failure = "recording has ended after " + std::to_string(count) + " frames (" + cause_of(code) + "); all but the last half second of them play";
        output.reset();
        std::error_code ignored;
        fs::resize_file(path, static_cast<std::uintmax_t>(whole), ignored);
        throw Error(path, failure);
    }

    void finish() {
        if (!failure.empty()) throw Error(path, failure);
        if (!output) return;
        encode(nullptr);
        check(av_write_trailer(output.get()));
        flush();
        int code = avio_closep(&output->pb);
        check(code);
        output.reset();
    }

    fs::path path;
    int width, height;
    Owned<AVCodecContext> encoder;
    Owned<SwsContext> scaler;
    Owned<AVFrame> rgb, yuv;
    Owned<AVPacket> packet;
    Owned<AVFormatContext> output;  // null once it is finished or has failed
    AVStream* track = nullptr;      // the output's
    std::int64_t whole = 0;         // bytes up to the end of the last complete fragment
    std::int64_t count = 0;
    std::string failure;
};

VideoWriter::VideoWriter(const fs::path& path, int width, int height, int rate, const std::vector<std::string>& encoders) {
    if (width < 1 || height < 1 || width > 16384 || height > 16384 || rate < 1 || rate > 1000)
        throw Error(path, "cannot be recorded: " + std::to_string(width) + " x " + std::to_string(height) + " at " + std::to_string(rate) +
                              " frames a second is no video");
    av_log_set_level(AV_LOG_QUIET);  // failures come back as values
    stream_ = std::make_unique<Stream>(path, width, height, rate, encoders);
}

VideoWriter::~VideoWriter() {
    try {
        stream_->finish();
    } catch (const std::exception&) {
        // It was said when it arose, or nobody asked.
    }
}

void VideoWriter::add(const Frame& frame) {
    Stream& s = *stream_;
    if (!s.failure.empty()) throw Error(s.path, s.failure);
    if (!s.output) throw Error(s.path, "is finished and takes no more frames");
    if (frame.width != s.width || frame.height != s.height)
        throw Error(s.path, "expected frames of " + std::to_string(s.width) + " x " + std::to_string(s.height) + ", found " +
                                std::to_string(frame.width) + " x " + std::to_string(frame.height));
    s.check(av_frame_make_writable(s.yuv.get()));  // the encoder may still hold the last one
    s.fill_rgb(frame);
    sws_scale(s.scaler.get(), s.rgb->data, s.rgb->linesize, 0, s.rgb->height, s.yuv->data, s.yuv->linesize);
    s.yuv->pts = s.count;
    s.encode(s.yuv.get());
    ++s.count;
}

void VideoWriter::finish() { stream_->finish(); }
std::int64_t VideoWriter::frames() const { return stream_->count; }
std::string VideoWriter::encoder() const { return stream_->encoder->codec->name; }

}  // namespace drift
