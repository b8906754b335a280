// Files that get another name or place, never over what is there already.
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace drift {

using Moves = std::vector<std::pair<std::filesystem::path, std::filesystem::path>>;  // from, to

// One file or folder within its file system. Throws Error: something is there already, or it cannot be moved.
void move_to_free(const std::filesystem::path& from, const std::filesystem::path& to);
// All of them, or none. Throws Error likewise.
void move_all(const Moves& moves);
Moves backwards(const Moves& moves);

// Does some program hold it open to write to it? Of recordings and logs, which are locked meanwhile.
bool is_being_written(const std::filesystem::path& file);

// What files of one thing are called after it gets that name: endings stay. Throws Error where that is no name for a file.
Moves renamed(const std::vector<std::filesystem::path>& files, const std::string& name);

}  // namespace drift
