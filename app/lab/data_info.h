// What is in a folder of recorded play: printed, judged and shown.
#pragma once

#include <filesystem>
#include <string>

namespace drift {

struct DataLook {
    std::string size;       // as --size has it; empty: as they are
    bool json = false;      // one object
    bool pictures = false;  // look at every frame, too
};

// Throws Error with all problems after it has printed what there is.
void print_data_info(const std::filesystem::path& folder, const DataLook& look);
// The problems, and what can be learned from but badly. Throws Error where there are problems.
void check_data(const std::filesystem::path& folder, const DataLook& look);
// A picture of frames: a row for each episode, of many those that are spread evenly.
void show_data(const std::filesystem::path& folder, const DataLook& look, const std::filesystem::path& png);

}  // namespace drift
