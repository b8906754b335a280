// A session seen again: its events one after the other onto a play, each at the position of its number, with the frames that were stored
// where there are any; further lanes may dream beside them.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/tracks.h"
#include "session/log/session_log.h"
#include "session/play.h"

namespace drift {

class Watch {
public:
    // `stored_frames`: its own, event i at time i; null where all is to be dreamed again.
    // Throws Error where the log is of another world, or holds nothing.
    Watch(SessionLog log, std::unique_ptr<TrackSource> stored_frames, const WorldInfo& world);

    const SessionLog& log() const { return log_; }
    std::uint64_t events() const { return log_.events.size(); }
    bool stored() const { return source_ != nullptr; }  // frames come from the disk, not from the network
    bool lane_recorded(int lane) const;                 // in any of its steps
    std::vector<int> lanes() const;                     // all of those, each once, rising

    // One event on from the play's cursor, which must be at the event before (or the play empty). `beside`: of these lanes those that the
    // session does not have. Throws as Play does. Once `stop` is asked the step means nothing.
    Step next(Play& play, const Direction& beside, std::stop_token stop = {});
    // Was the event at that position made with the same lanes beside?
    bool made(std::uint64_t position, const Direction& beside) const;
    // "From frame 12 on ...: why", where what was made is not what was played; else empty. Stored frames stand in for those that are not.
    const std::string& departure() const { return departure_; }

private:
    Direction with(const Direction& recorded, const Direction& beside) const;
    std::vector<LanePlan> extra(const Direction& beside) const;
    GivenFrames given(std::uint64_t event);
    void compare(std::uint64_t event, const GivenFrames& stored, Step& step);

    SessionLog log_;
    std::vector<std::uint64_t>
        came_from_;  // by event: what it stands on, the event that the log went back to or the one before
    std::unique_ptr<TrackSource> source_;
    std::optional<TrackPicture> ahead_;          // read, and of a later event
    std::uint64_t read_ = 0;                     // events before this one are behind the source
    std::vector<std::vector<LanePlan>> beside_;  // by event, as it was made last
    WorldInfo world_;
    std::string departure_;
};

}  // namespace drift
