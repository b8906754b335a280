// actions.csv: what was done from each frame of an episode to the next.
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "core/action.h"
#include "core/data_set.h"

namespace drift {

struct ActionTable {
    std::vector<std::uint8_t> actions;  // of each frame, and maybe of the last one, where it means nothing
    std::vector<bool> rare;             // as long
};

// See data_set.h. Throws Error naming the file, the line, what was expected and what was found.
ActionTable read_action_table(const std::filesystem::path& file, const ActionSpace& actions);
void write_action_table(const std::filesystem::path& file, const ActionSpace& actions, const Clip& clip);

}  // namespace drift
