#include "session/log/scribe.h"

#include <utility>

namespace drift {

void Scribe::set_log(std::unique_ptr<LogWriter> log, const Play* play, const Step* from) {
    log_ = std::move(log);
    excerpt_.reset();
    if (log_ && from) log_->put(excerpt_.emplace().begin(*play, *from));
}

void Scribe::record(const std::filesystem::path& file, const OpenTracks& open, const WorldInfo& world, const Play& play,
                    const Step& now) {
    stop_recording();
    recorder_ = std::make_unique<Recorder>(file, open, world, play, now);
}

void Scribe::stop_recording() {
    if (!recorder_) return;
    recorder_->finish();
    look();
    recorder_.reset();
}

void Scribe::hear(const Play& play, const LogEvent& event, const Step& step) {
    if (log_) log_->put(excerpt_ ? excerpt_->next(play, event, step) : event);
    if (recorder_) recorder_->put(play, event, step);
}

void Scribe::rest() {
    if (log_) log_->flush();
}

void Scribe::look() {
    if (log_)
        if (auto failure = log_->take_failure()) warn_(*failure);
    if (!recorder_) return;
    if (auto failure = recorder_->take_failure()) warn_(*failure);
    if (!recorder_->failed()) return;
    recorder_->finish();  // what waits is written, where that is possible
    while (auto failure = recorder_->take_failure()) warn_(*failure);
    recorder_.reset();
}

}  // namespace drift
