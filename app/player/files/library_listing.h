// Which recordings, sessions, videos and pictures there are: by names, sizes and dates alone.
#pragma once

#include <filesystem>
#include <vector>

#include "player/files/library_entry.h"

namespace drift {

struct LibraryFolder {
    std::filesystem::path path;
    bool loose = false;  // as in LibraryEntry
    bool operator==(const LibraryFolder&) const = default;
};
// Where recordings, exports, pictures of the window and the logs of plays go, each folder once.
std::vector<LibraryFolder> library_folders();

// What lies in these folders, the newest first, at most so many in folders of ours and so many in those of everybody. What cannot be read is passed over. Never throws.
std::vector<LibraryEntry> list_library(const std::vector<LibraryFolder>& folders, std::size_t most = 1000);

}  // namespace drift
