#include "player/game_alone.h"

#include <string_view>

#include "games/list.h"

namespace drift {
namespace {

constexpr std::string_view prefix = "game:";

}  // namespace

std::filesystem::path game_alone(const std::string& game) { return std::string(prefix) + game; }

bool is_game_alone(const std::filesystem::path& file) { return file.string().starts_with(prefix); }

std::string game_named(const std::filesystem::path& file) { return file.string().substr(prefix.size()); }

std::vector<WorldEntry> playable_games() {
    std::vector<std::string> names = game_names();
    for (const OutsideProgram& program : listed_games().programs) names.push_back(program.name);
    std::vector<WorldEntry> games;
    for (const std::string& name : names) games.push_back({game_alone(name), name, WorldEntry::From::game});
    return games;
}

}  // namespace drift
