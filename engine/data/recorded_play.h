// A folder of recorded play, named like a game: "data:FOLDER".
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/game.h"
#include "core/world_model.h"

namespace drift {

std::string recorded_name(const std::filesystem::path& folder);
bool names_recorded_play(const std::string& game);
std::filesystem::path recorded_folder(const std::string& game);  // of a name that names some
// In the size of the world and with its actions, where one is given; then play in other people's form may be there too. Notes of what was read all the
// same are added. Throws Error where the folder is no data set, or its actions are not as many.
std::unique_ptr<Game> open_recorded_play(const std::string& game, const WorldInfo* world,
                                         std::vector<std::string>& notes);

}  // namespace drift
