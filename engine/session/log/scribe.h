// All that is written down of a play while it goes on: the log that every play has, and the recording that was asked for.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "session/log/recorder.h"

namespace drift {

class Scribe {
public:
    using Warn = std::function<void(std::string)>;
    explicit Scribe(Warn warn) : warn_(std::move(warn)) {}

    // The play's log from here on; `from`: where it begins within a play, else with the play itself. Null: none.
    void set_log(std::unique_ptr<LogWriter> log, const Play* play = nullptr, const Step* from = nullptr);
    bool has_log() const { return log_ != nullptr; }

    // Throws Error where it cannot begin. One recording at a time: the one before is completed.
    void record(const std::filesystem::path& file, const OpenTracks& open, const WorldInfo& world, const Play& play,
                const Step& now);
    void stop_recording();
    RecordingState recording() const { return recorder_ ? recorder_->state() : RecordingState{}; }

    // What happened to the play just now.
    void hear(const Play& play, const LogEvent& event, const Step& step);
    // Nothing is to come for a while: what was written goes to the disk.
    void rest();
    // Warns of what has failed since: it ends, the play does not.
    void look();

private:
    Warn warn_;
    std::unique_ptr<LogWriter> log_;
    std::uint64_t played_ = 0, next_picture_ = 0;  // of the log: steps, and at which one it is shown next
    std::optional<Excerpt> excerpt_;
    std::unique_ptr<Recorder> recorder_;
};

}  // namespace drift
