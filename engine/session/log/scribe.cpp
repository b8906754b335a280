#include "session/log/scribe.h"

#include <utility>

namespace drift {
namespace {

constexpr std::uint64_t first_picture = 8;  // step; then at twice as many each time: the last one is of its second half

}  // namespace

void Scribe::set_log(std::unique_ptr<LogWriter> log, const Play* play, const Step* from) {
    log_ = std::move(log);
    excerpt_.reset();
    played_ = 0, next_picture_ = first_picture;
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
    if (log_) {
        log_->put(excerpt_ ? excerpt_->next(play, event, step) : event);
        if (event.kind == LogEvent::Kind::played && ++played_ == next_picture_)
            log_->show(step.main_lane().frame), next_picture_ *= 2;
    }
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
