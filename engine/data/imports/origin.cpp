#include "data/imports/origin.h"

#include <xxhash.h>

#include <algorithm>
#include <cstdio>

#include "core/error.h"
#include "core/files.h"
#include "formats/text.h"

namespace drift {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t most_hashed = std::uint64_t{1} << 20, most_text = std::uint64_t{1} << 16;

// By its size and its first megabyte, so that it is known again where it was moved.
std::string known_by(const fs::path& file) {
    InputFile in(file);
    std::vector<std::uint8_t> begin(std::min(in.size(), most_hashed));
    in.read(begin.data(), begin.size());
    char text[64];
    std::snprintf(text, sizeof text, "%llu %016llx", static_cast<unsigned long long>(in.size()),
                  static_cast<unsigned long long>(XXH3_64bits(begin.data(), begin.size())));
    return text;
}

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

}  // namespace

std::string origin_of(const FoundEpisode& episode) {
    std::error_code error;
    if (!fs::is_regular_file(episode.file, error)) return "";
    return known_by(episode.file) + " " + episode.part + "\n" + fs::absolute(episode.file).string() + "\n";
}

void expect_origin(const fs::path& folder, const FoundEpisode& episode) {
    std::error_code error;
    if (!fs::exists(folder / origin_name, error)) return;
    const std::string there = read_text(folder / origin_name, most_text);
    if (first_line(there) == first_line(origin_of(episode))) return;
    std::string path = there.substr(std::min(there.size(), first_line(there).size() + 1));
    throw Error(episode.file, "expected play that is not there yet, found " + printable(folder.filename().string()) +
                                  " of " + printable(first_line(path)) +
                                  " by its name: import both at once, or into another folder");
}

}  // namespace drift
