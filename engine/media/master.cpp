#include "media/master.h"

#include <sys/stat.h>

#include <cstring>
#include <exception>
#include <optional>
#include <system_error>

#include "core/error.h"
#include "core/file_lock.h"
#include "core/version.h"
#include "media/ffmpeg.h"

extern "C" {
#include <libavutil/dict.h>
}

namespace drift {
namespace {

namespace fs = std::filesystem;

Owned<AVCodecContext> open_ffv1(const fs::path& path, int width, int height, int rate) {
    const AVCodec* codec = avcodec_find_encoder(AV_CODEC_ID_FFV1);
    if (!codec) throw Error(path, "cannot be recorded: this FFmpeg has no encoder ffv1");
    Owned<AVCodecContext> encoder(avcodec_alloc_context3(codec));
    if (!encoder) throw std::bad_alloc();
    encoder->width = width;
    encoder->height = height;
    encoder->pix_fmt = AV_PIX_FMT_BGR0;  // the one of FFV1's that holds 8-bit RGB as it is
    encoder->time_base = {1, rate};
    encoder->framerate = {rate, 1};
    encoder->sample_aspect_ratio = {1, 1};
    encoder->gop_size = 1;  // every frame by itself: any of them can be sought
    encoder->level = 3;     // with a checksum for each slice
    encoder->thread_count = 1;
    encoder->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
    if (int code = avcodec_open2(encoder.get(), codec, nullptr); code < 0)
        throw Error(path, "cannot be recorded: the encoder ffv1 does not open (" + cause_of(code) + ")");
    return encoder;
}

}  // namespace

struct MasterWriter::File {
    File(const fs::path& where, int w, int h, int rate, const std::vector<std::string>& names)
        : path(where),
          width(w),
          height(h),
          picture(make_picture(AV_PIX_FMT_BGR0, w, h)),
          packet(av_packet_alloc()),
          output(make_matroska(where)) {
        if (!packet) throw std::bad_alloc();
        for (const std::string& name : names) {
            encoders.push_back(open_ffv1(path, width, height, rate));
            last.push_back(-1);
            AVStream* track = avformat_new_stream(output.get(), nullptr);
            if (!track) throw std::bad_alloc();
            track->time_base = encoders.back()->time_base;
            track->avg_frame_rate = encoders.back()->framerate;
            avcodec_parameters_from_context(track->codecpar, encoders.back().get());
            av_dict_set(&track->metadata, "title", name.c_str(), 0);
            track->disposition = encoders.size() == 1 ? AV_DISPOSITION_DEFAULT : 0;
        }
        av_dict_set(&output->metadata, "encoded_by", ("Driftscope " + build_name()).c_str(), 0);
        std::error_code error;
        if (fs::exists(path, error)) throw Error(path, "already exists; a recording never overwrites a file");
        if (int code = avio_open(&output->pb, address(path).c_str(), AVIO_FLAG_WRITE); code < 0)
            throw Error(path, "cannot be written (" + cause_of(code) + ")");
        lock.emplace(path);  // nobody mends it while it is written
        check(avformat_write_header(output.get(), nullptr));
        flush();
    }

    void flush() {
        avio_flush(output->pb);
        check(output->pb->error);
        whole = avio_tell(output->pb);
    }

    // Ends the file where it was still whole, so that what was recorded plays.
    void check(int code) {
        if (code < 0) fail(cause_of(code) + "; what was recorded plays");
    }
    [[noreturn]] void fail(const std::string& cause) {
        failure = "recording has ended after " + std::to_string(count) + " frames: " + cause;
        output.reset();
        std::error_code ignored;
        fs::resize_file(path, static_cast<std::uintmax_t>(whole), ignored);
        throw Error(path, failure);
    }

    // What the muxer keeps to itself, a cluster until it is complete, goes out: all of the times before this one.
    void begin_time() {
        check(av_write_frame(output.get(), nullptr));
        flush();
        std::error_code ignored;
        if (!fs::exists(path, ignored)) fail("its file was deleted");  // the kernel would go on writing to nowhere
    }

    void encode(std::size_t track, std::int64_t at, const Frame& frame) {
        if (at > newest) begin_time();
        newest = at;
        check(av_frame_make_writable(picture.get()));
        for (int y = 0; y < height; ++y) {
            std::uint8_t* to = picture->data[0] + static_cast<std::ptrdiff_t>(y) * picture->linesize[0];
            for (int x = 0; x < width; ++x, to += 4) {
                const std::uint8_t* from = frame.at(x, y);
                to[0] = from[2], to[1] = from[1], to[2] = from[0], to[3] = 0;
            }
        }
        picture->pts = at;
        AVCodecContext* encoder = encoders[track].get();
        encode_into(
            encoder, picture.get(), packet.get(), [this](int code) { check(code); },
            [&] { check(write_packet(output.get(), output->streams[track], encoder, packet.get())); });
    }

    void finish() {
        if (!failure.empty()) throw Error(path, failure);
        if (!output) return;
        check(av_write_trailer(output.get()));
        flush();
        check(avio_closep(&output->pb));
        output.reset();
        lock.reset();
    }

    fs::path path;
    int width, height;
    std::vector<Owned<AVCodecContext>> encoders;
    std::vector<std::int64_t> last;  // time of each track's newest frame
    Owned<AVFrame> picture;
    Owned<AVPacket> packet;
    std::optional<FileLock> lock;
    Owned<AVFormatContext> output;  // null once it is finished or has failed
    std::int64_t whole = 0, count = 0, newest = -1;
    std::string failure;
};

MasterWriter::MasterWriter(const fs::path& file, int width, int height, int rate,
                           const std::vector<std::string>& tracks) {
    if (width < 1 || height < 1 || width > 16384 || height > 16384 || rate < 1 || rate > 1000 || tracks.empty())
        throw Error(file, "cannot be recorded: " + std::to_string(tracks.size()) + " tracks of " +
                              std::to_string(width) + " x " + std::to_string(height) + " at " + std::to_string(rate) +
                              " frames a second are no recording");
    av_log_set_level(AV_LOG_QUIET);  // failures come back as values
    file_ = std::make_unique<File>(file, width, height, rate, tracks);
}

MasterWriter::~MasterWriter() {
    try {
        file_->finish();
    } catch (const std::exception&) {
        // It was said when it arose, or nobody asked.
    }
}

void MasterWriter::add(std::size_t track, std::int64_t at, const Frame& frame) {
    File& f = *file_;
    if (!f.failure.empty()) throw Error(f.path, f.failure);
    if (!f.output) throw Error(f.path, "is finished and takes no more frames");
    if (frame.width != f.width || frame.height != f.height)
        throw Error(f.path, "expected frames of " + std::to_string(f.width) + " x " + std::to_string(f.height) +
                                ", found " + std::to_string(frame.width) + " x " + std::to_string(frame.height));
    if (track >= f.encoders.size() || at <= f.last[track])
        throw Error(f.path, "expected one of " + std::to_string(f.encoders.size()) +
                                " tracks and a later time, found track " + std::to_string(track) + " at " +
                                std::to_string(at));
    f.encode(track, f.last[track] = at, frame);
    ++f.count;
}

void MasterWriter::finish() { file_->finish(); }
std::int64_t MasterWriter::bytes() const { return file_->whole; }

std::unique_ptr<TrackSink> write_master(const fs::path& file, const WorldInfo& world,
                                        const std::vector<std::string>& tracks) {
    return std::make_unique<MasterWriter>(file, world.width, world.height, world.rate, tracks);
}

}  // namespace drift
