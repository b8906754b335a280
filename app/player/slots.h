// Saved states: nine slots for each world, and files of any name.
#pragma once

#include <filesystem>
#include <optional>

#include "player/view.h"

namespace drift {

// nullopt where there is no folder to keep them in, or no world yet.
std::optional<std::filesystem::path> slot_file(const View& view, int slot);
bool slot_used(const View& view, int slot);
std::set<int> used_slots(const View& view);
void save_slot(View& view, int slot);
// Says so where it is empty.
void load_slot(View& view, int slot);

}  // namespace drift
