#include "media/video_reader.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "core/error.h"
#include "media/ffmpeg.h"

namespace drift {
namespace {

constexpr int max_side = 8192;

Owned<AVFormatContext> open_file(const std::filesystem::path& path) {
    AVFormatContext* opened = nullptr;
    if (int code = avformat_open_input(&opened, ("file:" + path.string()).c_str(), nullptr, nullptr); code < 0)
        throw Error(path, "expected a video, found none that can be read (" + cause_of(code) + ")");
    Owned<AVFormatContext> input(opened);
    if (int code = avformat_find_stream_info(opened, nullptr); code < 0) throw Error(path, "expected a video, found none that can be read (" + cause_of(code) + ")");
    return input;
}

}  // namespace

struct VideoReader::File {
    struct Decoder {
        Owned<AVCodecContext> codec;
        Owned<SwsContext> scaler;
        std::size_t track = 0;
    };

    explicit File(const std::filesystem::path& path) : input(open_file(path)), packet(av_packet_alloc()), picture(av_frame_alloc()), decoders(input->nb_streams) {
        if (!packet || !picture) throw std::bad_alloc();
        for (unsigned i = 0; i < input->nb_streams; ++i) {
            AVStream* stream = input->streams[i];
            if (stream->codecpar->codec_type != AVMEDIA_TYPE_VIDEO) continue;
            int width = stream->codecpar->width, height = stream->codecpar->height;
            if (width < 1 || height < 1 || width > max_side || height > max_side)
                throw Error(path, "expected a video of at most " + std::to_string(max_side) + " pixels a side, found " + std::to_string(width) + " x " + std::to_string(height));
            const AVCodec* codec = avcodec_find_decoder(stream->codecpar->codec_id);
            if (!codec) throw Error(path, std::string("cannot be read: this FFmpeg has no decoder for ") + avcodec_get_name(stream->codecpar->codec_id));
            Decoder& decoder = decoders[i];
            decoder.codec.reset(avcodec_alloc_context3(codec));
            if (!decoder.codec || avcodec_parameters_to_context(decoder.codec.get(), stream->codecpar) < 0) throw std::bad_alloc();
            decoder.codec->thread_count = 1;
            decoder.codec->pkt_timebase = stream->time_base;
            if (int code = avcodec_open2(decoder.codec.get(), codec, nullptr); code < 0) throw Error(path, "cannot be decoded (" + cause_of(code) + ")");
            decoder.track = tracks.size();
            const AVDictionaryEntry* title = av_dict_get(stream->metadata, "title", nullptr, 0);
            AVRational rate = stream->avg_frame_rate.num > 0 ? stream->avg_frame_rate : stream->r_frame_rate;
            tracks.push_back({title ? title->value : "", width, height, rate.den > 0 ? av_q2d(rate) : 0});
        }
        if (tracks.empty()) throw Error(path, "expected a video, found a file without pictures");
    }

    Frame rgb(Decoder& decoder) {
        const AVFrame& p = *picture;
        Frame frame(p.width, p.height);
        if (p.format == AV_PIX_FMT_BGR0) {  // a recording of ours: the bytes are what they were
            for (int y = 0; y < p.height; ++y) {
                const std::uint8_t* from = p.data[0] + static_cast<std::ptrdiff_t>(y) * p.linesize[0];
                for (int x = 0; x < p.width; ++x, from += 4) {
                    std::uint8_t* to = frame.at(x, y);
                    to[0] = from[2], to[1] = from[1], to[2] = from[0];
                }
            }
            return frame;
        }
        if (!decoder.scaler) {
            decoder.scaler.reset(sws_getContext(p.width, p.height, static_cast<AVPixelFormat>(p.format), p.width, p.height, AV_PIX_FMT_RGB24,
                                                SWS_BICUBIC | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INT, nullptr, nullptr, nullptr));
            if (!decoder.scaler) throw std::bad_alloc();
            const int* colours = sws_getCoefficients(p.colorspace == AVCOL_SPC_BT709 ? SWS_CS_ITU709 : SWS_CS_ITU601);
            sws_setColorspaceDetails(decoder.scaler.get(), colours, p.color_range == AVCOL_RANGE_JPEG, colours, 1, 0, 1 << 16, 1 << 16);
        }
        Owned<AVFrame> converted = make_picture(AV_PIX_FMT_RGB24, p.width, p.height);  // its rows are padded, as the scaler wants them
        sws_scale(decoder.scaler.get(), p.data, p.linesize, 0, p.height, converted->data, converted->linesize);
        for (int y = 0; y < p.height; ++y)
            std::memcpy(frame.at(0, y), converted->data[0] + static_cast<std::ptrdiff_t>(y) * converted->linesize[0], static_cast<std::size_t>(p.width) * 3);
        return frame;
    }

    std::optional<Picture> decoded(std::size_t i) {
        Decoder& decoder = decoders[i];
        while (avcodec_receive_frame(decoder.codec.get(), picture.get()) >= 0) {
            if (picture->width != tracks[decoder.track].width || picture->height != tracks[decoder.track].height) continue;
            return Picture{decoder.track, static_cast<double>(picture->best_effort_timestamp) * av_q2d(input->streams[i]->time_base), rgb(decoder)};
        }
        return std::nullopt;
    }

    std::optional<Picture> next() {
        for (;;) {
            if (auto found = decoders[current].codec ? decoded(current) : std::nullopt) return found;
            if (ended) {
                if (++current == decoders.size()) return --current, std::nullopt;
                if (decoders[current].codec) avcodec_send_packet(decoders[current].codec.get(), nullptr);
                continue;
            }
            if (av_read_frame(input.get(), packet.get()) < 0) {
                ended = true;
                current = 0;
                if (decoders[0].codec) avcodec_send_packet(decoders[0].codec.get(), nullptr);
                continue;
            }
            current = static_cast<std::size_t>(packet->stream_index);
            if (decoders[current].codec) avcodec_send_packet(decoders[current].codec.get(), packet.get());
            av_packet_unref(packet.get());
        }
    }

    void seek(double seconds) {
        auto at = static_cast<std::int64_t>(std::floor(std::max(seconds, 0.0) * AV_TIME_BASE));
        if (avformat_seek_file(input.get(), -1, INT64_MIN, at, at, 0) < 0) avformat_seek_file(input.get(), -1, INT64_MIN, 0, INT64_MAX, AVSEEK_FLAG_BYTE);
        for (Decoder& decoder : decoders)
            if (decoder.codec) avcodec_flush_buffers(decoder.codec.get());
        ended = false;
    }

    Owned<AVFormatContext> input;
    Owned<AVPacket> packet;
    Owned<AVFrame> picture;
    std::vector<Decoder> decoders;  // by stream; without a codec where it is no video
    std::vector<Track> tracks;
    std::size_t current = 0;
    bool ended = false;
};

VideoReader::VideoReader(const std::filesystem::path& file) {
    av_log_set_level(AV_LOG_QUIET);
    file_ = std::make_unique<File>(file);
}
VideoReader::~VideoReader() = default;
const std::vector<VideoReader::Track>& VideoReader::tracks() const { return file_->tracks; }
std::optional<VideoReader::Picture> VideoReader::next() { return file_->next(); }
void VideoReader::seek(double seconds) { file_->seek(seconds); }

}  // namespace drift
