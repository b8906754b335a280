#include "media/video_reader.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/error.h"
#include "media/decoded_picture.h"
#include "media/ffmpeg.h"

namespace drift {
namespace {

Owned<AVFormatContext> open_file(const std::filesystem::path& path) {
    AVFormatContext* opened = nullptr;
    if (int code = avformat_open_input(&opened, ("file:" + path.string()).c_str(), nullptr, nullptr); code < 0)
        throw Error(path, "expected a video, found none that can be read (" + cause_of(code) + ")");
    Owned<AVFormatContext> input(opened);
    if (int code = avformat_find_stream_info(opened, nullptr); code < 0)
        throw Error(path, "expected a video, found none that can be read (" + cause_of(code) + ")");
    return input;
}

// Not a cover that a file carries along.
bool is_pictures(const AVStream& stream) {
    return stream.codecpar->codec_type == AVMEDIA_TYPE_VIDEO &&
           (stream.disposition & (AV_DISPOSITION_ATTACHED_PIC | AV_DISPOSITION_TIMED_THUMBNAILS)) == 0;
}

}  // namespace

struct VideoReader::File {
    struct Decoder {
        Owned<AVCodecContext> codec;
        PictureConverter converter;
        Orientation orientation;
        std::size_t track = 0;
    };

    explicit File(const std::filesystem::path& file)
        : path(file),
          input(open_file(file)),
          packet(av_packet_alloc()),
          picture(av_frame_alloc()),
          decoders(input->nb_streams) {
        if (!packet || !picture) throw std::bad_alloc();
        for (unsigned i = 0; i < input->nb_streams; ++i) {
            AVStream* stream = input->streams[i];
            if (!is_pictures(*stream)) continue;
            int width = stream->codecpar->width, height = stream->codecpar->height;
            if (width < 1 || height < 1 || width > longest_picture_side || height > longest_picture_side)
                throw Error(path, "expected a video of at most " + std::to_string(longest_picture_side) +
                                      " pixels a side, found " + std::to_string(width) + " x " +
                                      std::to_string(height));
            const AVCodec* codec = avcodec_find_decoder(stream->codecpar->codec_id);
            if (!codec)
                throw Error(path, std::string("cannot be read: this FFmpeg has no decoder for ") +
                                      avcodec_get_name(stream->codecpar->codec_id));
            Decoder& decoder = decoders[i];
            decoder.codec.reset(avcodec_alloc_context3(codec));
            if (!decoder.codec || avcodec_parameters_to_context(decoder.codec.get(), stream->codecpar) < 0)
                throw std::bad_alloc();
            decoder.codec->thread_count = 1;
            decoder.codec->pkt_timebase = stream->time_base;
            if (int code = avcodec_open2(decoder.codec.get(), codec, nullptr); code < 0)
                throw Error(path, "cannot be decoded (" + cause_of(code) + ")");
            decoder.track = tracks.size();
            decoder.orientation = orientation_of(*stream);
            if (decoder.orientation.transposed) std::swap(width, height);
            const AVDictionaryEntry* title = av_dict_get(stream->metadata, "title", nullptr, 0);
            AVRational rate = stream->avg_frame_rate.num > 0 ? stream->avg_frame_rate : stream->r_frame_rate;
            tracks.push_back({title ? title->value : "", width, height, rate.den > 0 ? av_q2d(rate) : 0,
                              std::max<std::int64_t>(stream->nb_frames, 0)});
        }
        if (tracks.empty()) throw Error(path, "expected a video, found a file without pictures");
    }

    std::optional<Picture> decoded(std::size_t i) {
        Decoder& decoder = decoders[i];
        while (avcodec_receive_frame(decoder.codec.get(), picture.get()) >= 0) {
            const Orientation own = orientation_of(*picture), orientation = own.upright() ? decoder.orientation : own;
            Frame frame = turned(decoder.converter.rgb(*picture, path), orientation);
            const bool timed = picture->best_effort_timestamp != AV_NOPTS_VALUE;
            return Picture{
                decoder.track,
                timed ? static_cast<double>(picture->best_effort_timestamp) * av_q2d(input->streams[i]->time_base)
                      : std::nan(""),
                std::move(frame)};
        }
        return std::nullopt;
    }

    void send(std::size_t i, const AVPacket* what) {
        if (!decoders[i].codec) return;
        const int code = avcodec_send_packet(decoders[i].codec.get(), what);
        if (code < 0 && code != AVERROR_EOF && code != AVERROR(EAGAIN)) ++damaged;
    }

    // Some containers say what is in them as they go. A track of pictures that comes later has no place among those that were named.
    bool is_known(std::size_t i) const {
        if (i < decoders.size()) return true;
        if (i < input->nb_streams && is_pictures(*input->streams[i]))
            throw Error(path,
                        "expected all tracks of pictures from the beginning on, found another one that begins later");
        return false;
    }

    std::optional<Picture> next() {
        for (;;) {
            if (auto found = decoders[current].codec ? decoded(current) : std::nullopt) return found;
            if (ended) {
                if (++current == decoders.size()) return --current, std::nullopt;
                send(current, nullptr);
                continue;
            }
            if (av_read_frame(input.get(), packet.get()) < 0) {
                ended = true;
                current = 0;
                send(0, nullptr);
                continue;
            }
            const auto stream = static_cast<std::size_t>(packet->stream_index);
            if (is_known(stream)) send(current = stream, packet.get());
            av_packet_unref(packet.get());
        }
    }

    void seek(double seconds) {
        auto at = static_cast<std::int64_t>(std::floor(std::max(seconds, 0.0) * AV_TIME_BASE));
        if (avformat_seek_file(input.get(), -1, INT64_MIN, at, at, 0) < 0)
            avformat_seek_file(input.get(), -1, INT64_MIN, 0, INT64_MAX, AVSEEK_FLAG_BYTE);
        for (Decoder& decoder : decoders)
            if (decoder.codec) avcodec_flush_buffers(decoder.codec.get());
        ended = false;
    }

    std::filesystem::path path;
    Owned<AVFormatContext> input;
    Owned<AVPacket> packet;
    Owned<AVFrame> picture;
    std::vector<Decoder> decoders;  // by stream; without a codec where it is no video
    std::vector<Track> tracks;
    std::size_t current = 0;
    bool ended = false;
    int damaged = 0;  // packets
};

VideoReader::VideoReader(const std::filesystem::path& file) {
    av_log_set_level(AV_LOG_QUIET);
    file_ = std::make_unique<File>(file);
}
VideoReader::~VideoReader() = default;
const std::vector<VideoReader::Track>& VideoReader::tracks() const { return file_->tracks; }
std::optional<VideoReader::Picture> VideoReader::next() { return file_->next(); }
void VideoReader::seek(double seconds) { file_->seek(seconds); }
int VideoReader::damaged() const { return file_->damaged; }
double VideoReader::seconds() const {
    const std::int64_t duration = file_->input->duration;
    return duration > 0 ? static_cast<double>(duration) / AV_TIME_BASE : 0;
}
bool VideoReader::is_still() const {
    const std::string kind = file_->input->iformat->name;
    return kind.starts_with("image2") || kind.ends_with("_pipe") || kind == "tty" || kind == "ico";
}

}  // namespace drift
