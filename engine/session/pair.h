// A world and the real game beside it.
#pragma once

#include "core/game.h"
#include "core/world_model.h"

namespace drift {

// Throws Error where the game's pictures or actions are not the world's.
void check_pair(const WorldInfo& world, const GameInfo& game);

}  // namespace drift
