#include "session/log/log_writer.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "core/error.h"
#include "core/thumbnail.h"

namespace drift {
namespace {

constexpr std::int64_t largest_log = 64 << 20;  // bytes: a day of play and more

int create(const std::filesystem::path& file) {
    std::error_code error;
    std::filesystem::create_directories(file.parent_path(), error);
    int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0644);
    if (descriptor < 0)
        throw Error(file, std::string("the log of the play cannot be written there (") + std::strerror(errno) + ")");
    ::flock(descriptor, LOCK_EX | LOCK_NB);  // for who asks whether it is being written; closing it lets go
    return descriptor;
}

}  // namespace

LogWriter::LogWriter(const std::filesystem::path& file, const WorldInfo& world)
    : file_(file), descriptor_(create(file)), half_second_(static_cast<std::size_t>(std::max(1, world.rate / 2))) {
    queue_.push(LogChunks::begin(header_of(world)));
    thread_ = std::jthread([this](std::stop_token stop) { write(stop); });
}

LogWriter::~LogWriter() { close(); }

void LogWriter::close() {
    if (!thread_.joinable()) return;
    flush();
    queue_.close();
    thread_.join();
    ::close(descriptor_);
}

void LogWriter::put(const LogEvent& event) {
    chunks_.put(event);
    if (chunks_.events() >= half_second_) flush();
}

void LogWriter::show(const Frame& frame) {
    constexpr int side = 128;  // pixels
    const Frame small = thumbnail_of(frame, side);
    if (small.empty()) return;
    flush();
    queue_.push(picture_chunk(small));
}

void LogWriter::flush() {
    if (auto chunk = chunks_.take(); !chunk.empty()) queue_.push(std::move(chunk));
}

void LogWriter::write(std::stop_token) {
    std::int64_t whole = 0;
    bool failed = false;
    while (auto chunk = queue_.pop()) {
        if (failed) continue;
        std::string cause;
        std::size_t done = 0;
        if (whole + static_cast<std::int64_t>(chunk->size()) > largest_log) cause = "it is as large as a log may be";
        while (cause.empty() && done < chunk->size()) {
            auto written = ::write(descriptor_, chunk->data() + done, chunk->size() - done);
            if (written > 0) done += static_cast<std::size_t>(written);
            else if (written == 0 || errno != EINTR) cause = std::strerror(errno);
        }
        if (cause.empty()) {
            whole += static_cast<std::int64_t>(chunk->size());
            continue;
        }
        failed = true;
        if (::ftruncate(descriptor_, whole) != 0)
            cause += ", its end is damaged";  // a reader stops at the last whole chunk anyway
        failure_.put(
            Error(file_, "the log of this play has ended (" + cause + "); what was played before can be replayed")
                .what());
    }
}

}  // namespace drift
