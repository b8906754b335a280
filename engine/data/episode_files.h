// What the files of a data set are called.
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace drift {

bool is_table(const std::filesystem::path& file);  // .csv, .tsv
std::filesystem::path find_table(
    const std::filesystem::path& folder);  // of an episode's folder; empty where it has none
// Only to say of a file that cannot be opened that it was meant as a video: what is one, FFmpeg says.
bool names_video(const std::filesystem::path& file);
// All of them, sorted, but for what systems leave behind.
std::vector<std::filesystem::path> entries_of(const std::filesystem::path& folder);
// "frame_0007" as "frame_" and 7; -1 where there is no number at the end.
std::pair<std::string, long> numbered(const std::string& stem);

}  // namespace drift
