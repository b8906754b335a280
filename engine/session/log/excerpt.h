// A part of a play that stands alone: its log begins with the moment where one was, and what goes back to before it brings that moment along.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "session/play.h"

namespace drift {

class Excerpt {
public:
    // The event that a log of what comes next begins with.
    LogEvent begin(const Play& play, const Step& now);
    // What happened to the play just now, as it happens to who replays the excerpt.
    LogEvent next(const Play& play, const LogEvent& event, const Step& step);

private:
    LogEvent moment(const Play& play, const Step& step);

    // By the positions of the replay's line of time: where that was in the play's. Playing on from the past cuts both lines.
    std::vector<std::uint64_t> places_;
    std::uint64_t cursor_ = 0;  // of the replay
    std::shared_ptr<const Direction> direction_;
};

// Where the newest entry of that value is.
std::optional<std::uint64_t> newest(const std::vector<std::uint64_t>& places, std::uint64_t value);

}  // namespace drift
