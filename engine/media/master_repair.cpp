// Mends a recording that was cut short, without ever risking the only copy.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "core/atomic_file.h"
#include "core/error.h"
#include "core/file_lock.h"
#include "media/ffmpeg.h"
#include "media/master.h"

extern "C" {
#include <libavutil/dict.h>
}

namespace drift {

namespace fs = std::filesystem;

namespace {

// A file read through a function, so that what fails of it is known: FFmpeg takes a disk that cannot be read for the file's end.
class WatchedInput {
public:
    WatchedInput(const fs::path& file, const ReadAt& read)
        : file_(file), read_(read), descriptor_(::open(file.c_str(), O_RDONLY | O_CLOEXEC)) {
        if (descriptor_ < 0)
            throw Error(file,
                        std::string("expected a recording, found nothing that plays (") + std::strerror(errno) + ")");
        struct stat facts {};
        if (::fstat(descriptor_, &facts) == 0) size_ = facts.st_size;
        auto* buffer = static_cast<unsigned char*>(av_malloc(buffer_bytes));
        io_ = buffer ? avio_alloc_context(buffer, buffer_bytes, 0, this, take, nullptr, go) : nullptr;
        AVFormatContext* made = avformat_alloc_context();
        int code = AVERROR(ENOMEM);
        if (io_ && made) {
            made->pb = io_;
            code = avformat_open_input(&made, nullptr, nullptr, nullptr);  // frees it where it fails
            format_ = made;
        }
        if (code >= 0 && failed_ == 0) return;
        release();
        check();
        throw Error(file, "expected a recording, found nothing that plays (" + cause_of(code) + ")");
    }
    ~WatchedInput() { release(); }
    WatchedInput(const WatchedInput&) = delete;
    WatchedInput& operator=(const WatchedInput&) = delete;

    AVFormatContext* operator->() const { return format_; }
    AVFormatContext* get() const { return format_; }
    // Throws Error where the disk could not be read, whatever FFmpeg made of it.
    void check() const {
        if (failed_ != 0)
            throw Error(file_, std::string("cannot be read (") + std::strerror(failed_) + "); it is left as it is");
    }
    bool read_to_its_end() const { return reached_ >= size_; }

private:
    void release() {
        if (format_) avformat_close_input(&format_);
        if (io_) {
            av_freep(&io_->buffer);
            avio_context_free(&io_);
        }
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    static constexpr int buffer_bytes = 1 << 16;
    static int take(void* self, unsigned char* to, int bytes) {
        auto& input = *static_cast<WatchedInput*>(self);
        std::int64_t got = input.read_ ? input.read_(input.descriptor_, to, static_cast<std::size_t>(bytes), input.at_)
                                       : ::pread(input.descriptor_, to, static_cast<std::size_t>(bytes), input.at_);
        if (got < 0) {
            input.failed_ = errno == 0 ? EIO : errno;
            return AVERROR(input.failed_);
        }
        if (got == 0) return AVERROR_EOF;
        input.at_ += got;
        input.reached_ = std::max(input.reached_, input.at_);
        return static_cast<int>(got);
    }
    static std::int64_t go(void* self, std::int64_t to, int whence) {
        auto& input = *static_cast<WatchedInput*>(self);
        if (whence == AVSEEK_SIZE) return input.size_;
        input.at_ = whence == SEEK_CUR ? input.at_ + to : whence == SEEK_END ? input.size_ + to : to;
        return input.at_;
    }

    fs::path file_;
    ReadAt read_;  // its own: what is handed in may be a temporary
    int descriptor_ = -1, failed_ = 0;
    std::int64_t size_ = 0, at_ = 0, reached_ = 0;
    AVIOContext* io_ = nullptr;
    AVFormatContext* format_ = nullptr;
};

std::int64_t packets_of(const fs::path& file) {
    WatchedInput input(file, {});
    Owned<AVPacket> packet(av_packet_alloc());
    std::int64_t count = 0;
    for (; av_read_frame(input.get(), packet.get()) >= 0; ++count) av_packet_unref(packet.get());
    input.check();
    return input->duration > 0 ? count : -1;
}

}  // namespace

// The only copy is touched last: by the new one's taking its name, once that is complete, on the disk and read again.
bool repair_master(const fs::path& file, const ReadAt& read) {
    av_log_set_level(AV_LOG_QUIET);
    WatchedInput input(file, read);
    if (input->duration > 0) return false;  // its length was written at its end
    FileLock lock(file);
    if (!lock.held()) return false;  // another program is writing it
    Owned<AVFormatContext> output = make_matroska(file);
    for (unsigned i = 0; i < input->nb_streams; ++i) {
        const AVStream* from = input->streams[i];
        AVStream* to = avformat_new_stream(output.get(), nullptr);
        if (!to || avcodec_parameters_copy(to->codecpar, from->codecpar) < 0) throw std::bad_alloc();
        to->time_base = from->time_base;
        to->avg_frame_rate = from->avg_frame_rate;
        to->disposition = from->disposition;
        av_dict_copy(&to->metadata, from->metadata, 0);
    }
    av_dict_copy(&output->metadata, input->metadata, 0);
    Unfinished mended(file);
    auto check = [&](int code) {
        if (code < 0) throw Error(file, "cannot be repaired (" + cause_of(code) + "); it is left as it is");
    };
    check(avio_open(&output->pb, address(mended.part()).c_str(), AVIO_FLAG_WRITE));
    check(avformat_write_header(output.get(), nullptr));
    Owned<AVPacket> packet(av_packet_alloc());
    std::int64_t packets = 0;
    while (av_read_frame(input.get(), packet.get()) >= 0) {
        const AVStream *from = input->streams[packet->stream_index], *to = output->streams[packet->stream_index];
        if (!(packet->flags & AV_PKT_FLAG_CORRUPT)) {
            av_packet_rescale_ts(packet.get(), from->time_base, to->time_base);
            check(av_interleaved_write_frame(output.get(), packet.get()));
            ++packets;
        }
        av_packet_unref(packet.get());
    }
    input.check();
    if (!input.read_to_its_end())
        throw Error(file, "cannot be repaired: it is damaged before its end; it is left as it is");
    check(av_write_trailer(output.get()));
    avio_flush(output->pb);
    check(output->pb->error);
    check(avio_closep(&output->pb));
    if (packets_of(mended.part()) != packets)
        throw Error(file, "cannot be repaired: what was written does not read back; it is left as it is");
    mended.complete();
    return true;
}

}  // namespace drift
