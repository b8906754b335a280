#include "session/log/recorder.h"

#include <algorithm>
#include <system_error>
#include <utility>

#include "core/error.h"
#include "session/log/moment.h"

namespace drift {
namespace {

namespace fs = std::filesystem;

std::unique_ptr<TrackSink> opened(const fs::path& file, const OpenTracks& open, const WorldInfo& world) {
    if (!open) throw Error(file, "cannot be recorded: this Driftscope was built without FFmpeg");
    std::error_code error;
    fs::create_directories(file.parent_path(), error);  // where that fails, opening says so
    return open(file, world, track_names(!world.game.empty()));
}

// The log cannot be made where a file stands in its place: the pictures' file, made just now, must not stay then.
LogWriter log_of(const fs::path& file, const WorldInfo& world, std::unique_ptr<TrackSink>& sink) try {
    return LogWriter(log_beside(file), world);
} catch (...) {
    sink.reset();
    std::error_code ignored;
    fs::remove(file, ignored);
    throw;
}

}  // namespace

fs::path log_beside(const fs::path& recording) {
    fs::path log = recording;
    return log.replace_extension(".driftlog");
}

std::vector<std::pair<std::size_t, Frame>> LaneTracks::frames_of(const Step& step) {
    auto there = [&](int number) {
        return std::any_of(step.lanes.begin(), step.lanes.end(),
                           [&](const LaneStep& lane) { return lane.lane == number; });
    };
    for (auto& lane : lanes_)
        if (lane && !there(*lane)) lane.reset();
    std::vector<std::pair<std::size_t, Frame>> frames;
    for (const LaneStep& lane : step.lanes) {
        auto* track = std::find(std::begin(lanes_), std::end(lanes_), std::optional(lane.lane));
        if (track == std::end(lanes_)) track = &lanes_[static_cast<unsigned>(lane.lane) % lane_tracks];
        if (*track && **track != lane.lane) track = std::find(std::begin(lanes_), std::end(lanes_), std::nullopt);
        if (track == std::end(lanes_)) continue;
        *track = lane.lane;
        frames.emplace_back(static_cast<std::size_t>(track - lanes_), lane.frame);
    }
    std::sort(frames.begin(), frames.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    if (!step.truth.empty()) frames.emplace_back(lane_tracks, step.truth);
    return frames;
}

Recorder::Recorder(const fs::path& file, const OpenTracks& open, const WorldInfo& world, const Play& play,
                   const Step& now)
    : file_(file), sink_(opened(file, open, world)), log_(log_of(file, world, sink_)) {
    try {
        log_.put(excerpt_.begin(play, now));
        log_.flush();
        shoot(now);
        thread_ = std::jthread([this] { write(); });  // last: nobody would close its queue
    } catch (...) {
        log_.close();
        sink_.reset();
        std::error_code ignored;
        fs::remove(file, ignored);
        fs::remove(log_beside(file), ignored);
        throw;
    }
}

Recorder::~Recorder() { finish(); }

void Recorder::put(const Play& play, const LogEvent& event, const Step& step) {
    if (failed()) return;
    log_.put(excerpt_.next(play, event, step));
    shoot(step);
}

void Recorder::shoot(const Step& step) {
    Shot shot{at_++, tracks_.frames_of(step)};
    slow_ = shot.at - written_ >= static_cast<std::int64_t>(patience);
    queue_.push(std::move(shot));
}

void Recorder::write() {
    auto attempt = [&](auto work) {
        if (!sink_failed_) try {
                work();
                bytes_ = sink_->bytes();
            } catch (const std::exception& error) {
                failure_.put(error.what());
                sink_failed_ = true;
            }
    };
    while (auto shot = queue_.pop()) {
        attempt([&] {
            for (const auto& [track, frame] : shot->frames) sink_->add(track, shot->at, frame);
        });
        ++written_;
    }
    attempt([&] { sink_->finish(); });
}

void Recorder::finish() {
    queue_.close();
    if (thread_.joinable()) thread_.join();
    log_.close();
}

RecordingState Recorder::state() const {
    std::int64_t waiting = std::max<std::int64_t>(at_ - written_, 0);
    return {file_, static_cast<std::uint64_t>(at_), bytes_, static_cast<std::size_t>(waiting), slow_};
}

std::optional<std::string> Recorder::take_failure() {
    if (auto failure = failure_.take()) return failure;
    auto failure = log_.take_failure();
    if (failure) ended_ = true;
    return failure;
}

std::uint64_t record_past(const fs::path& file, const OpenTracks& open, const WorldInfo& world, const Play& play,
                          std::uint64_t steps) {
    if (play.empty()) throw Error(file, "there is nothing to save: nothing has been played yet");
    const Timeline& line = play.timeline();
    std::uint64_t first = std::max(line.first(), play.cursor() + 1 - std::min(steps, play.cursor() + 1));
    auto sink = opened(file, open, world);
    LogWriter log = log_of(file, world, sink);
    std::shared_ptr<const Direction> direction;
    LaneTracks tracks;
    Moment before;
    for (std::uint64_t at = first; at <= play.cursor(); ++at) {
        Moment moment = line.at(at);
        const Step& step = moment.step;
        auto lanes_as_before = [&] {
            return std::equal(step.lanes.begin(), step.lanes.end(), before.step.lanes.begin(), before.step.lanes.end(),
                              [](const LaneStep& a, const LaneStep& b) { return a.lane == b.lane; });
        };
        // Anything but a step onwards with the lanes that there were comes as the moment that it led to.
        bool onwards = at > first && step.kind == Step::Kind::played && step.episode == before.step.episode &&
                       step.index == before.step.index + 1 && lanes_as_before();
        Direction now = direction_of(step);
        if (!direction || !(*direction == now)) direction = std::make_shared<const Direction>(std::move(now));
        log.put({onwards ? LogEvent::Kind::played : LogEvent::Kind::loaded, 0, step.action, direction,
                 onwards ? std::vector<std::uint8_t>() : to_bytes(moment), hashes_of(step)});
        for (const auto& [track, frame] : tracks.frames_of(step))
            sink->add(track, static_cast<std::int64_t>(at - first), frame);
        before = std::move(moment);
    }
    sink->finish();
    log.close();
    if (auto failure = log.take_failure()) throw Error(*failure);
    return play.cursor() + 1 - first;
}

}  // namespace drift
