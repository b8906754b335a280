// The games there are: a new one is a pair of files and a line in list.cpp.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/game.h"

namespace drift {

std::vector<std::string> game_names();
// Throws Error naming the known games where there is none of that name.
std::unique_ptr<Game> make_game(std::string_view name);

}  // namespace drift
