// What a dream would score that is the real game itself: how far the measures of a game's objects can be trusted.
#pragma once

#include <span>
#include <vector>

#include "core/game.h"

namespace drift {

struct PerfectDream {
    // Of each thing that GameInfo::judged() names: the share of frames in which the game's own picture shows it where the game says it is (within
    // its tolerance); not a number where it was never there.
    std::vector<double> within;
    double obeyed = 0;  // share of actions; not a number where no frame can tell
};

// Plays the game on from where it is. Throws Error where it fails.
PerfectDream perfect_dream(Game& game, std::span<const ActionCode> actions);

}  // namespace drift
