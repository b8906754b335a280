#include "media/clip_writer.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <new>
#include <optional>
#include <utility>

extern "C" {
#include <libavutil/opt.h>
}

#include "core/error.h"
#include "media/ffmpeg.h"
#include "media/palette.h"
#include "media/yuv.h"

namespace drift {
namespace {

namespace fs = std::filesystem;

struct Kind {
    const char* muxer;
    std::vector<std::string> encoders;
    AVPixelFormat pixels;
    std::vector<std::pair<const char*, const char*>> muxing, encoding;  // FFmpeg's options
    double fastest;
};

const Kind& kind_of(ClipFormat format) {
    static const std::array<Kind, 4> kinds{{
        // Index first, so that it plays while it is loaded.
        {"mp4",
         {"libx264", "mpeg4"},
         AV_PIX_FMT_YUV420P,
         {{"movflags", "faststart"}},
         {{"preset", "medium"}, {"crf", "14"}, {"profile", "high"}},
         60},
        {"webm",
         {"libvpx-vp9"},
         AV_PIX_FMT_YUV420P,
         {},
         {{"crf", "20"}, {"deadline", "good"}, {"cpu-used", "5"}, {"row-mt", "1"}},
         60},
        {"gif", {"gif"}, AV_PIX_FMT_PAL8, {{"loop", "0"}}, {}, 50},
        {"webp",
         {"libwebp_anim"},
         AV_PIX_FMT_RGB32,
         {{"loop", "0"}},
         {{"quality", "90"}, {"compression_level", "3"}},
         50},
    }};
    return kinds[static_cast<std::size_t>(format)];
}

}  // namespace

double fastest_rate(ClipFormat format) { return kind_of(format).fastest; }

struct ClipWriter::File {
    File(const fs::path& shown, const fs::path& written, const ClipShape& s)
        : path(shown), shape(s), kind(kind_of(s.format)), packet(av_packet_alloc()) {
        if (!packet) throw std::bad_alloc();
        encoder = first_encoder(path, shape.encoders.empty() ? kind.encoders : shape.encoders,
                                [this](const AVCodec* codec) { return make_encoder(codec); });
        if (kind.pixels == AV_PIX_FMT_YUV420P) yuv.emplace(shape.width, shape.height);
        else rgb32 = make_picture(AV_PIX_FMT_RGB32, shape.width, shape.height);
        if (shape.format == ClipFormat::gif) maker.emplace(shape.width, shape.height);
        open_output(written);
    }

    Owned<AVCodecContext> make_encoder(const AVCodec* codec) const {
        Owned<AVCodecContext> encoder(avcodec_alloc_context3(codec));
        if (!encoder) throw std::bad_alloc();
        bool padded = kind.pixels == AV_PIX_FMT_YUV420P;
        encoder->width = padded ? YuvPicture::padded(shape.width) : shape.width;
        encoder->height = padded ? YuvPicture::padded(shape.height) : shape.height;
        encoder->pix_fmt = kind.pixels;
        encoder->framerate = av_d2q(shape.rate, 60000);
        encoder->time_base = av_inv_q(encoder->framerate);
        encoder->sample_aspect_ratio = {1, 1};
        encoder->gop_size =
            std::max(1, static_cast<int>(std::lround(2 * shape.rate)));  // one can seek to every second second
        encoder->bit_rate = 0;                                           // the quality is given, and what it takes
        encoder->thread_count = 1;                                       // a play may go on beside it
        if (padded) tag_colours(encoder.get());
        if (shape.format == ClipFormat::mp4) encoder->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
        if (codec->id == AV_CODEC_ID_MPEG4)
            encoder->flags |= AV_CODEC_FLAG_QSCALE, encoder->global_quality = 2 * FF_QP2LAMBDA;
        for (const auto& [name, value] : kind.encoding) av_opt_set(encoder->priv_data, name, value, 0);
        return encoder;
    }

    void open_output(const fs::path& written) {
        std::string address = "file:" + written.string();  // or a path like "a:b" would be taken for a protocol
        AVFormatContext* made = nullptr;
        if (avformat_alloc_output_context2(&made, nullptr, kind.muxer, address.c_str()) < 0)
            throw Error(path, std::string("cannot be written: this FFmpeg writes no ") + kind.muxer);
        output.reset(made);
        track = avformat_new_stream(made, nullptr);
        if (!track) throw std::bad_alloc();
        track->time_base = encoder->time_base;
        track->avg_frame_rate = encoder->framerate;
        avcodec_parameters_from_context(track->codecpar, encoder.get());
        if (int code = avio_open(&made->pb, address.c_str(), AVIO_FLAG_WRITE); code < 0)
            throw Error(path, "cannot be written (" + cause_of(code) + ")");
        if (!shape.comment.empty()) av_dict_set(&made->metadata, "comment", shape.comment.c_str(), 0);
        AVDictionary* options = nullptr;
        for (const auto& [name, value] : kind.muxing) av_dict_set(&options, name, value, 0);
        int code = avformat_write_header(made, &options);
        av_dict_free(&options);
        check(code);
        begun = true;
    }
    // Of a clip that came to nothing: only its end makes FFmpeg let go of what it holds back.
    ~File() {
        if (begun) av_write_trailer(output.get());
    }

    void check(int code) const {
        if (code < 0) throw Error(path, "cannot be written to its end (" + cause_of(code) + ")");
    }

    void encode(AVFrame* picture) {
        encode_into(
            encoder.get(), picture, packet.get(), [this](int code) { check(code); },
            [&] {
                check(write_packet(output.get(), track, encoder.get(), packet.get()));
                avio_flush(output->pb);
                check(output->pb->error);
            });
    }

    void encode_paletted(AVFrame* picture) {
        if (maker) {
            auto palette = maker->palette();
            user.emplace(shape.width, shape.height, palette.get());
            maker.reset();
        }
        user->use(picture, [this](AVFrame* drawn) {
            drawn->pts = paletted++;
            encode(drawn);
        });
        if (!picture) encode(nullptr);
    }

    void add(const Frame& frame) {
        if (yuv) {
            check(yuv->take(frame));
        } else if (shape.format == ClipFormat::gif) {
            Frame settled = frame;
            settle(settled, shown);
            fill(shown = std::move(settled));
        } else {
            fill(frame);
        }
        AVFrame* picture = yuv ? yuv->get() : rgb32.get();
        picture->pts = count++;
        shape.format == ClipFormat::gif ? encode_paletted(picture) : encode(picture);
    }

    void fill(const Frame& frame) {
        check(av_frame_make_writable(rgb32.get()));
        fill_rgb32(rgb32.get(), frame);
    }

    void finish() {
        shape.format == ClipFormat::gif ? encode_paletted(nullptr) : encode(nullptr);
        begun = false;
        check(av_write_trailer(output.get()));
        avio_flush(output->pb);
        check(output->pb->error);
        check(avio_closep(&output->pb));
        output.reset();
    }

    bool begun = false;  // its head is written, its end is not
    fs::path path;
    ClipShape shape;
    const Kind& kind;
    Owned<AVPacket> packet;
    Owned<AVCodecContext> encoder;
    Owned<AVFormatContext> output;
    AVStream* track = nullptr;
    std::optional<YuvPicture> yuv;
    Owned<AVFrame> rgb32;
    std::optional<PaletteMaker> maker;  // of a GIF, until its first frame
    std::optional<PaletteUser> user;
    Frame shown;  // the GIF's last one
    std::int64_t count = 0, paletted = 0;
};

ClipWriter::ClipWriter(const fs::path& shown, const fs::path& file, const ClipShape& shape) {
    av_log_set_level(AV_LOG_QUIET);  // failures come back as values
    file_ = std::make_unique<File>(shown, file, shape);
}

ClipWriter::~ClipWriter() = default;
bool ClipWriter::looks_first() const { return file_->maker.has_value(); }

void ClipWriter::look(const Frame& frame) {
    file_->fill(frame);
    file_->rgb32->pts = file_->count++;
    file_->maker->see(file_->rgb32.get());
}

void ClipWriter::add(const Frame& frame) {
    if (frame.width != file_->shape.width || frame.height != file_->shape.height)
        throw Error(file_->path, "expected frames of " + std::to_string(file_->shape.width) + " x " +
                                     std::to_string(file_->shape.height) + ", found " + std::to_string(frame.width) +
                                     " x " + std::to_string(frame.height));
    file_->add(frame);
}

void ClipWriter::finish() { file_->finish(); }

}  // namespace drift
