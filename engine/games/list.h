// The games there are: those written here, a pair of files and a line in list.cpp each; and any other program (outside/).
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/game.h"
#include "games/outside/catalog.h"

namespace drift {

// Those written here.
std::vector<std::string> game_names();
// The program is about to end: games outside have a second more to answer.
void leave_games();
bool is_own_game(std::string_view name);
// One of these, or a game outside. Throws Error: there is none of that name, it is not set up, or it does not start.
std::unique_ptr<Game> make_game(std::string_view name, NamedBy by = NamedBy::file);
// What to tell where a world's game is not there: "this world's game is ale/Breakout; to see it: ...". Empty where it is.
std::string why_no_game(std::string_view name);

}  // namespace drift
