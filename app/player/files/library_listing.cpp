#include "player/files/library_listing.h"

#include <sys/stat.h>

#include <algorithm>
#include <optional>

#include "core/exported_frame.h"
#include "core/files.h"
#include "core/names.h"
#include "files/folders.h"
#include "player/files/session_files.h"

namespace drift {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_in_a_folder = 20'000;

struct Stand {
    bool plain = false, folder = false;
    std::uint64_t bytes = 0;
    std::int64_t changed = 0;
};

Stand stand_of(const fs::path& path) {
    struct stat found {};
    if (::stat(path.c_str(), &found) != 0) return {};
    return {S_ISREG(found.st_mode), S_ISDIR(found.st_mode), static_cast<std::uint64_t>(found.st_size),
            found.st_mtim.tv_sec * 1'000'000'000ll + found.st_mtim.tv_nsec};
}

// A folder that pictures were exported into.
std::optional<LibraryEntry> pictures_in(const fs::path& folder, const Stand& stand) {
    const auto names = names_in(folder, most_in_a_folder);
    if (std::none_of(names.begin(), names.end(), is_exported_frame)) return std::nullopt;
    LibraryEntry entry{LibraryEntry::Kind::pictures, {folder}, folder.filename().string(), 0, stand.changed};
    for (const fs::path& name : names) entry.bytes += stand_of(name).bytes;
    return entry;
}

std::optional<LibraryEntry> entry_of(const fs::path& path, bool loose) {
    using enum LibraryEntry::Kind;
    const Stand stand = stand_of(path);
    if (stand.folder) return loose ? std::nullopt : pictures_in(path, stand);
    if (!stand.plain) return std::nullopt;
    const std::string ending = ending_of(path);
    LibraryEntry entry{video, {path}, path.stem().string(), stand.bytes, stand.changed, loose};
    auto beside = [&](const char* other) {
        const fs::path file = fs::path(path).replace_extension(other);
        return stand_of(file).plain ? std::optional(file) : std::nullopt;
    };
    if (ending == ".driftlog") {
        if (beside(".mkv")) return std::nullopt;  // that one stands for both
        entry.kind = session, entry.loose = false;
    } else if (ending == ".mkv") {
        if (auto log = beside(".driftlog")) {
            entry.kind = recording, entry.loose = false;
            entry.files.push_back(*log);
            entry.bytes += stand_of(*log).bytes;
        }
    } else if (ending == ".gif" || ending == ".webp") {
        entry.kind = animation;
    } else if (ending == ".png") {
        entry.kind = picture;
    } else if (ending != ".mp4" && ending != ".webm") {
        return std::nullopt;
    }
    // Of those in a folder of everybody's only these two can say that they are ours.
    if (entry.loose && ending != ".png" && ending != ".mp4") return std::nullopt;
    return entry;
}

// A folder that the user chose may be one where everything lies: what is in it is not ours for that.
bool is_ours_alone(const fs::path& folder) {
    auto same = [&](const fs::path& other) { return same_folder(folder, other); };
    const auto general = general_folders();
    if (std::any_of(general.begin(), general.end(), same)) return false;
    const fs::path usual = usual_videos_folder() / "", above = usual.parent_path().parent_path();
    return same(usual) || (same(videos_folder()) && !same(above) && !same(pictures_folder()));
}

}  // namespace

std::vector<LibraryFolder> library_folders() {
    std::vector<LibraryFolder> folders;
    auto add = [&](const fs::path& path, bool loose) {
        auto same = [&](const LibraryFolder& it) { return same_folder(it.path, path); };
        if (!path.empty() && std::none_of(folders.begin(), folders.end(), same)) folders.push_back({path, loose});
    };
    add(sessions_folder(), false);
    for (const fs::path& folder : recording_folders()) add(folder, !is_ours_alone(folder));
    add(pictures_folder(), true);
    return folders;
}

std::vector<LibraryEntry> list_library(const std::vector<LibraryFolder>& folders, std::size_t most) {
    std::vector<LibraryEntry> all;
    for (const LibraryFolder& folder : folders)
        for (const fs::path& path : names_in(folder.path, most_in_a_folder))
            if (!is_clutter(path))
                if (auto entry = entry_of(path, folder.loose)) all.push_back(std::move(*entry));
    std::stable_sort(all.begin(), all.end(),
                     [](const LibraryEntry& a, const LibraryEntry& b) { return a.changed > b.changed; });
    std::size_t kept[2] = {};  // counted apart, so that photos of others do not push out what is ours
    std::erase_if(all, [&](const LibraryEntry& entry) { return ++kept[entry.loose] > most; });
    return all;
}

}  // namespace drift
