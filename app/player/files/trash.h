// The desktop's trash, as freedesktop.org's Trash specification 1.0 has it: what is thrown away can be brought back, here or by any file manager.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace drift {

struct Trashed {
    std::filesystem::path from;  // where it was
    std::filesystem::path file;  // where it lies now
    std::filesystem::path info;  // what says so
};

// Into the home trash ($XDG_DATA_HOME/Trash), or that of its own file system ($topdir/.Trash/UID, $topdir/.Trash-UID). Throws Error, and
// the file is where it was, where there is no trash for it: nothing is ever deleted.
Trashed to_trash(const std::filesystem::path& file);
// All, or none.
std::vector<Trashed> to_trash(const std::vector<std::filesystem::path>& files);
// Back to where it was. Throws Error where something else is there by now.
void out_of_trash(const std::vector<Trashed>& thrown);

// A path as an address has it (RFC 2396), with its slashes: in the info, and after "file://".
std::string escaped_path(const std::string& path);

}  // namespace drift
