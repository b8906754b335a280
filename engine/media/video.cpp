// H.264 in a fragmented MP4, through FFmpeg.
#include "media/video.h"

#include <algorithm>
#include <exception>
#include <new>
#include <string_view>
#include <system_error>

extern "C" {
#include <libavutil/opt.h>
}

#include "core/error.h"
#include "media/ffmpeg.h"
#include "media/yuv.h"

namespace drift {
namespace {

namespace fs = std::filesystem;

Owned<AVCodecContext> make_encoder(const AVCodec* codec, int width, int height, int rate) {
    Owned<AVCodecContext> encoder(avcodec_alloc_context3(codec));
    if (!encoder) throw std::bad_alloc();
    encoder->width = width;
    encoder->height = height;
    encoder->time_base = {1, rate};
    encoder->framerate = {rate, 1};
    encoder->sample_aspect_ratio = {1, 1};
    encoder->gop_size = std::max(1, rate / 2);  // a fragment ends where a group of pictures ends
    encoder->max_b_frames = 0;
    encoder->thread_count = 1;  // the model wants the other cores
    encoder->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
    tag_colours(encoder.get());
    if (std::string_view(codec->name) == "libx264") {
        encoder->profile = FF_PROFILE_H264_HIGH;
        av_opt_set(encoder->priv_data, "preset", "veryfast", 0);
        av_opt_set(encoder->priv_data, "tune", "zerolatency",
                   0);  // looking ahead would keep seconds in memory that a crash loses
        av_opt_set(encoder->priv_data, "crf", "12", 0);  // hardly to be told from the frames
    } else {
        encoder->flags |= AV_CODEC_FLAG_QSCALE;
        encoder->global_quality = 2 * FF_QP2LAMBDA;
    }
    return encoder;
}

}  // namespace

struct VideoWriter::Stream {
    Stream(const fs::path& file, int w, int h, int rate, const std::vector<std::string>& names)
        : path(file),
          width(w),
          height(h),
          encoder(first_encoder(file, names,
                                [&](const AVCodec* codec) {
                                    return make_encoder(codec, YuvPicture::padded(w), YuvPicture::padded(h), rate);
                                })),
          yuv(w, h),
          packet(av_packet_alloc()) {
        open_output();
    }

    void open_output() {
        AVFormatContext* made = nullptr;
        if (avformat_alloc_output_context2(&made, nullptr, "mp4", nullptr) < 0)
            throw Error(path, "cannot be recorded: this FFmpeg writes no MP4");
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

    // `picture` null: the end; the encoder gives what it still holds.
    void encode(const AVFrame* picture) {
        encode_into(
            encoder.get(), picture, packet.get(), [this](int code) { check(code); },
            [&] {
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
        failure = "recording has ended after " + std::to_string(count) + " frames (" + cause_of(code) +
                  "); all but the last half second of them play";
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
    YuvPicture yuv;
    Owned<AVPacket> packet;
    Owned<AVFormatContext> output;  // null once it is finished or has failed
    AVStream* track = nullptr;      // the output's
    std::int64_t whole = 0;         // bytes up to the end of the last complete fragment
    std::int64_t count = 0;
    std::string failure;
};

VideoWriter::VideoWriter(const fs::path& path, int width, int height, int rate,
                         const std::vector<std::string>& encoders) {
    if (width < 1 || height < 1 || width > 16384 || height > 16384 || rate < 1 || rate > 1000)
        throw Error(path, "cannot be recorded: " + std::to_string(width) + " x " + std::to_string(height) + " at " +
                              std::to_string(rate) + " frames a second is no video");
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
        throw Error(s.path, "expected frames of " + std::to_string(s.width) + " x " + std::to_string(s.height) +
                                ", found " + std::to_string(frame.width) + " x " + std::to_string(frame.height));
    s.check(s.yuv.take(frame));
    s.yuv.get()->pts = s.count;
    s.encode(s.yuv.get());
    ++s.count;
}

void VideoWriter::finish() { stream_->finish(); }
std::int64_t VideoWriter::frames() const { return stream_->count; }
std::string VideoWriter::encoder() const { return stream_->encoder->codec->name; }

}  // namespace drift
