#include "session/watch.h"

#include <algorithm>
#include <set>
#include <utility>

#include "core/error.h"
#include "session/log/excerpt.h"
#include "session/log/moment.h"
#include "session/log/replay.h"

namespace drift {
namespace {

constexpr int the_truth = -1;  // among the stored frames, which are by lane

// The log's own line of time, event by event: on which event each one stands.
std::vector<std::uint64_t> ancestry(const SessionLog& log) {
    using enum LogEvent::Kind;
    std::vector<std::uint64_t> from, line;  // line: by position, the event that stands there
    std::uint64_t cursor = 0;
    for (std::uint64_t i = 0; i < log.events.size(); ++i) {
        const LogEvent& event = log.events[i];
        if (event.kind == recalled) {
            if (line.empty()) throw Error("a session that goes back before its first frame: it is damaged");
            cursor = std::min<std::uint64_t>(event.number, line.size() - 1);
            from.push_back(line[cursor]);
        } else if (event.kind == resynced) {
            if (line.empty()) throw Error("a session that changes a lane before its first frame: it is damaged");
            from.push_back(line[cursor]);
            line.resize(cursor + 1);
            line[cursor] = i;
        } else {
            from.push_back(line.empty() ? 0 : line[cursor]);
            cursor = line.empty() ? 0 : cursor + 1;
            line.resize(cursor);
            line.push_back(i);
        }
    }
    return from;
}

}  // namespace

Watch::Watch(SessionLog log, std::unique_ptr<TrackSource> stored_frames, const WorldInfo& world)
    : log_(std::move(log)), source_(std::move(stored_frames)), world_(world) {
    check_replays(log_.header, world, stored());
    if (log_.events.empty())
        throw Error("a session of " + world.name + " that holds no frame: there is nothing to watch");
    came_from_ = ancestry(log_);
    beside_.resize(log_.events.size());
}

bool Watch::lane_recorded(int lane) const {
    return std::any_of(log_.events.begin(), log_.events.end(), [&](const LogEvent& event) {
        return std::any_of(event.direction->lanes.begin(), event.direction->lanes.end(),
                           [&](const LanePlan& plan) { return plan.lane == lane; });
    });
}

std::vector<int> Watch::lanes() const {
    std::set<int> all;
    for (const LogEvent& event : log_.events)
        for (const LanePlan& plan : event.direction->lanes) all.insert(plan.lane);
    return {all.begin(), all.end()};
}

std::vector<LanePlan> Watch::extra(const Direction& beside) const {
    std::vector<LanePlan> extra;
    for (const LanePlan& plan : beside.lanes)
        if (!lane_recorded(plan.lane)) extra.push_back(plan);
    return extra;
}

bool Watch::made(std::uint64_t position, const Direction& beside) const { return beside_[position] == extra(beside); }

Direction Watch::with(const Direction& recorded, const Direction& beside) const {
    Direction all = recorded;
    for (const LanePlan& plan : extra(beside)) all.lanes.push_back(plan);
    all.film = beside.film, all.spread = beside.spread;
    return all;
}

// The stored frames of an event, as far as they are what the log says they were: which track a lane is on, its hash tells.
GivenFrames Watch::given(std::uint64_t event) {
    GivenFrames frames;
    if (!source_) return frames;
    if (event != read_) {
        source_->seek(static_cast<std::int64_t>(event));
        ahead_.reset();
    }
    read_ = event + 1;
    const LogEvent& told = log_.events.at(event);
    const auto& lanes = told.direction->lanes;
    for (;;) {
        if (!ahead_) ahead_ = source_->next();
        if (!ahead_ || ahead_->at > static_cast<std::int64_t>(event)) return frames;
        const Frame& frame = ahead_->frame;
        if (ahead_->at == static_cast<std::int64_t>(event) && frame.width == log_.header.width &&
            frame.height == log_.header.height) {
            const std::uint64_t hash = hash_of(frame);
            if (ahead_->track < lane_tracks) {
                for (std::size_t i = 0; i < lanes.size() && i < told.hashes.size(); ++i)
                    if (told.hashes[i] == hash) frames[lanes[i].lane] = frame;
            } else if (told.hashes.size() > lanes.size() && told.hashes.back() == hash) {
                frames[the_truth] = frame;
            }
        }
        ahead_.reset();
    }
}

// Of the lanes that the session has, and of the truth where it was there then.
void Watch::compare(std::uint64_t event, const GivenFrames& stored, Step& step) {
    const LogEvent& told = log_.events[event];
    std::optional<Difference> found;
    bool all_stored = true;
    auto hold = [&](Frame& frame, std::uint64_t hash, int track, const Difference& difference) {
        if (hash_of(frame) == hash) return;
        if (!found) found = difference;
        const auto kept = stored.find(track);
        if (kept != stored.end()) frame = kept->second;
        else all_stored = false;
    };
    std::size_t i = 0;
    for (LaneStep& lane : step.lanes)
        if (lane_recorded(lane.lane) && i < told.hashes.size())
            hold(lane.frame, told.hashes[i++], lane.lane, {lane.lane, false});
    if (i < told.hashes.size()) hold(step.truth, told.hashes[i], the_truth, {0, true});
    if (!found || !departure_.empty()) return;
    departure_ =
        "From frame " + std::to_string(event) + " on " +
        (all_stored ? "the real game does not play as it did: its pictures are those of the recording, figures "
                      "beside them are of the game as it is now"
                    : "these are not the pictures that were played: " + why_other(*found, log_.header, world_));
}

Step Watch::next(Play& play, const Direction& beside, std::stop_token stop) {
    using enum LogEvent::Kind;
    std::uint64_t event = play.timeline().end() == 0 ? 0 : play.cursor() + 1;
    const LogEvent& now = log_.events.at(event);
    Direction direction = with(*now.direction, beside);
    const GivenFrames stored = given(event);
    Step step;
    // Where the log went back, a copy of that moment follows: so the line here never branches, and every event keeps its place.
    auto stand_on = [&](std::uint64_t position) {
        if (position < play.timeline().first())
            throw Error(
                "a session that goes back further than there is memory to keep it: it can be watched up to frame " +
                std::to_string(event));
        return play.load(play.timeline().at(position));
    };
    switch (now.kind) {
        case opened: step = play.open(now.number, direction); break;
        case loaded: step = play.load(moment_of_bytes(now.moment)); break;
        case recalled: step = stand_on(came_from_[event]); break;
        case resynced: {
            stand_on(came_from_[event]);
            auto shown = play.resync(static_cast<int>(now.number));
            if (!shown)
                throw Error("a session: expected the lane " + std::to_string(now.number) +
                            " and a truth, to bring the one back to the other");
            step = std::move(*shown);
            break;
        }
        case played: step = play.advance(now.action, direction, stop, stored); break;
    }
    beside_[event] = extra(beside);
    if (!stop.stop_requested()) compare(event, stored, step);
    return step;
}

}  // namespace drift
