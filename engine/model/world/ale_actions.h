// What the actions of an Atari game mean: the minimal sets of the Arcade Learning Environment (Bellemare et al. 2013) for the 26 games of
// Atari 100k.
#pragma once

#include <string_view>

#include "core/action.h"

namespace drift {

// `game` as DIAMOND's files are named ("Breakout", "MsPacman"); `count`: of the network's actions. Where the game is not known, or has another
// number of actions, they are the whole set of 18 if there are so many, else numbered.
ActionSpace ale_actions(std::string_view game, int count);
// What the real game of such a world is called among games outside ("ale/Breakout"); empty where it is none of Atari's that are known.
std::string ale_game(std::string_view game, int count);

}  // namespace drift
