// Which program a game's name stands for: what the user wrote in games.toml, and the games that app/games brings where they are set up.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "games/outside/outside_game.h"

namespace drift {

// There is no game of that name.
class UnknownGame : public Error {
public:
    using Error::Error;
};

// Who names a game decides what it may do: a name that somebody typed may load a Python module ("gym/module:Env"), one out of a file may not.
enum class NamedBy { user, file };

// ~/.config/driftscope/games.toml by the XDG rules; nullopt where there is neither XDG_CONFIG_HOME nor HOME.
std::optional<std::filesystem::path> games_file();
// What it lists, and a sentence for each entry that cannot be read, which is not in the way of the others.
struct ListedGames {
    std::vector<OutsideProgram> programs;
    std::vector<std::string> problems;
};
ListedGames listed_games();
// Adds an entry, or replaces the one of its name (true); the rest of the file stays as it is. Throws Error.
bool list_game(const OutsideProgram& program);
bool unlist_game(std::string_view name);  // false: it has none of that name

// "ale/Breakout", "gym/CartPole-v1", a name of games.toml; options follow after commas (ale/Breakout,sticky=0.25). Throws UnknownGame,
// or Error with what to do where it is not set up.
OutsideProgram find_game(std::string_view name, NamedBy by);
// Are ale-py and Gymnasium there?
bool atari_is_set_up();

}  // namespace drift
