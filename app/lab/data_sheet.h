// Frames of a data set on one picture: a row for each episode, what was done below each frame.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "data/data_set.h"

namespace drift {

struct SheetPicture {
    std::size_t place = 0;
    std::string caption;  // what was done from there
    Frame frame;          // empty until it was read
};
struct SheetRow {
    std::string episode;
    std::size_t frames = 0;
    std::vector<SheetPicture> pictures;
};

// At most twelve episodes and eight frames of each, spread evenly; their frames are still empty.
std::vector<SheetRow> sheet_rows(const DataSetReading& facts);
// Throws Error where the file cannot be written.
void save_data_sheet(const std::filesystem::path& png, const DataSetReading& facts, const std::vector<SheetRow>& rows);

}  // namespace drift
