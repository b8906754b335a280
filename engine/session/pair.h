// A world and the real game beside it.
#pragma once

#include <string>

#include "core/game.h"
#include "core/world_model.h"

namespace drift {

// Throws Error where the game's pictures or actions are not the world's.
void check_pair(const WorldInfo& world, const GameInfo& game);
// The same of what a world is to be made of: `what` ("the data") in the sentence, which begins with `who`.
void check_pair(const std::string& who, const std::string& what, int width, int height, const ActionSpace& actions,
                const GameInfo& game);

}  // namespace drift
