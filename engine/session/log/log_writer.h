// Puts a play's events on the disk as they happen, on a thread of its own: a disk that is slow or full never holds up the play.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <thread>

#include "core/latest.h"
#include "core/queue.h"
#include "session/log/session_log.h"

namespace drift {

class LogWriter {
public:
    // The file must not be there yet. Throws Error where it cannot be made.
    LogWriter(const std::filesystem::path& file, const WorldInfo& world);
    ~LogWriter();
    // What was put is written, then the file is closed; take_failure() knows all then.
    void close();

    // A chunk goes out every half second of play: what ends the program loses no more.
    void put(const LogEvent& event);
    // A picture of the play as it is now, for whoever looks for it among others.
    void show(const Frame& frame);
    // What was put goes out now: for who stands still.
    void flush();
    // A sentence, once: the log has ended, and its file is whole up to there.
    std::optional<std::string> take_failure() { return failure_.take(); }
    const std::filesystem::path& file() const { return file_; }

private:
    void write(std::stop_token stop);

    std::filesystem::path file_;
    int descriptor_;
    std::size_t half_second_;
    LogChunks chunks_;
    Queue<std::vector<std::uint8_t>> queue_;
    Latest<std::string> failure_;
    std::jthread thread_;  // last: it ends before anything it uses
};

}  // namespace drift
