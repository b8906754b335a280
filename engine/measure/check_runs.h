// What a check plays: the same openings again and again, with other keys, the real game beside the dream where there is one.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "measure/world_check.h"

namespace drift {

// The pictures of one run, by opening; [0] is the beginning. `real` is empty where there is no game.
struct CheckRun {
    std::vector<std::vector<Frame>> dreamed, real;
};

class CheckRuns {
public:
    CheckRuns(WorldModel& world, const WorldCheckOptions& options, int steps_in_all);

    // Every opening for so many frames; `action` of an opening and a step, from 1 on. Another lane has another noise.
    CheckRun play(int frames, const std::function<ActionCode(std::size_t opening, int step)>& action,
                  std::uint32_t lane = 0);

private:
    History begin_game(std::size_t opening);

    WorldModel& world_;
    const WorldCheckOptions& options_;
    int in_all_, done_ = 0;
    std::vector<std::unique_ptr<Game>>
        games_;  // one for each opening, begun anew by each run; none where there is no game
    std::vector<History> openings_;
};

}  // namespace drift
