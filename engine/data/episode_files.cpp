#include "data/episode_files.h"

#include <algorithm>
#include <charconv>
#include <iterator>

#include "core/names.h"

namespace drift {
namespace {

namespace fs = std::filesystem;

constexpr const char* table_names[] = {"actions.csv", "actions.tsv", "actions.txt"};
constexpr const char* usual_video_endings[] = {".mp4", ".mkv", ".webm", ".avi", ".mov", ".m4v", ".ogv", ".flv"};

}  // namespace

bool is_table(const fs::path& file) { return ending_of(file) == ".csv" || ending_of(file) == ".tsv"; }

fs::path find_table(const fs::path& folder) {
    for (const char* name : table_names)
        if (fs::path found = find_entry(folder, name); !found.empty()) return found;
    return {};
}

bool names_video(const fs::path& file) {
    return std::find(std::begin(usual_video_endings), std::end(usual_video_endings), ending_of(file)) !=
           std::end(usual_video_endings);
}

std::vector<fs::path> entries_of(const fs::path& folder) {
    std::vector<fs::path> entries;
    for (const auto& entry : fs::directory_iterator(folder))
        if (!is_clutter(entry.path())) entries.push_back(entry.path());
    std::sort(entries.begin(), entries.end());
    return entries;
}

std::pair<std::string, long> numbered(const std::string& stem) {
    const std::size_t digits = stem.find_last_not_of("0123456789") + 1;  // 0 where all of it are
    long number = -1;
    auto [end, failure] = std::from_chars(stem.data() + digits, stem.data() + stem.size(), number);
    return {stem.substr(0, digits), failure == std::errc() && digits < stem.size() ? number : -1};
}

}  // namespace drift
