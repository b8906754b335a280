// A real game that plays alone, among the worlds to choose from.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "files/world_files.h"

namespace drift {

// What stands for it where a world's file would; nothing on the disk is called so.
std::filesystem::path game_alone(const std::string& game);
bool is_game_alone(const std::filesystem::path& file);
std::string game_named(const std::filesystem::path& file);  // which one
// This program's own, and what the user has made known.
std::vector<WorldEntry> playable_games();

}  // namespace drift
