// actions.csv: what was done from each frame of an episode to the next.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

#include "core/action.h"
#include "core/data_set.h"
#include "data/problems.h"
#include "formats/buttons.h"

namespace drift {

struct ActionTable {
    std::vector<ActionCode> actions;  // of each frame, and maybe of the last one, where it means nothing
    std::vector<bool> rare;           // as long
    std::vector<HeldStep> held;       // as long where there are buttons
    std::optional<int> first;         // the number of the first frame, where a column says it
};

// See data_set.h. Each problem names the file, the line, what was expected and what was found; nullopt where there is one. Of an action space
// without entries the actions are not looked at. Of buttons and a mouse the columns of these are read.
std::optional<ActionTable> read_action_table(const std::filesystem::path& file, const ActionSpace& actions,
                                             Problems& problems);
void write_action_table(const std::filesystem::path& file, const ActionSpace& actions, const Clip& clip);

}  // namespace drift
