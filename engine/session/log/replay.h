// A log played again: the same events to another Play, and what came of them held against what came of them then.
#pragma once

#include <optional>
#include <stop_token>
#include <string>

#include "session/log/session_log.h"
#include "session/play.h"

namespace drift {

// Throws Error where the log is of another world, other weights or another game than those: made again it would be something else. `recorded`: its
// frames are there and need no weights.
void check_replays(const LogHeader& log, const WorldInfo& world, bool recorded = false);

// Does to the play what was done then, and returns what is to be seen. `other`: settings in place of those of the log, for every lane.
Step replay(Play& play, const LogEvent& event, std::stop_token stop = {}, const std::optional<Direction>& other = {});

// Had the real game failed then? It is there when the event is made again, and nothing was written down of it.
inline bool without_truth(const LogEvent& event, const Step& step) { return event.hashes.size() == step.lanes.size(); }

// Where a step is not the one of the log: the lane's number, or the truth. nullopt where all is equal; a truth that was lost then says nothing.
struct Difference {
    int lane = 0;
    bool truth = false;
};
std::optional<Difference> difference(const LogEvent& event, const Step& step);

// Where that is, for people: "event 5 of 20, frame 3 of its episode, lane 1"; events are counted from 1.
std::string difference_place(const Difference& found, std::size_t event, std::size_t events, const Step& step);

// What was another when the log was made, as "device: CPU (bf16, 2 threads) then, CPU (fp32) now"; empty where nothing was.
std::string other_maker(const LogHeader& log, const WorldInfo& world);
// Why that difference may be; a game that is played again is the first suspect where it is its picture.
std::string why_other(const Difference& found, const LogHeader& log, const WorldInfo& world);

}  // namespace drift
