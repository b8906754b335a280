#include "player/files/session_files.h"

#include <algorithm>
#include <ctime>
#include <string_view>

#include "core/error.h"
#include "core/files.h"
#include "core/names.h"
#include "files/folders.h"
#include "player/files/moving.h"

namespace drift {
namespace {

namespace fs = std::filesystem;
constexpr std::size_t kept = 10;
constexpr const char* ending = ".driftlog";

std::vector<fs::path> logs_in(const fs::path& folder) {
    std::error_code error;
    std::vector<fs::path> logs;
    for (const fs::path& path : names_in(folder))
        if (ending_of(path) == ending && fs::is_regular_file(path, error)) logs.push_back(path);
    return logs;
}

// "2026-03-01 20.15.00 ...": as dated() has it. What was given another name is to be kept.
bool is_dated(const fs::path& log) {
    constexpr std::string_view pattern = "0000-00-00 00.00.00 ";
    const std::string name = log.filename().string();
    if (name.size() < pattern.size()) return false;
    for (std::size_t i = 0; i < pattern.size(); ++i)
        if (pattern[i] == '0' ? name[i] < '0' || name[i] > '9' : name[i] != pattern[i]) return false;
    return true;
}

// Less than a second of it: nobody has played there. A large log is not read for that, nor is one that cannot be.
bool holds_nothing(const fs::path& log) {
    constexpr std::uintmax_t small = 64 * 1024;
    std::error_code error;
    if (fs::file_size(log, error) > small || error) return false;
    try {
        const SessionLog read = read_session_log(log);
        return read.warning.empty() && read.events.size() < static_cast<std::size_t>(std::max(1, read.header.rate));
    } catch (const Error&) {
        return false;
    }
}

}  // namespace

void tidy_sessions(const fs::path& folder) {
    std::error_code error;
    std::vector<fs::path> logs = logs_in(folder);  // by name, which begins with the time
    std::erase_if(logs, [](const fs::path& log) { return !is_dated(log) || is_being_written(log); });
    std::erase_if(logs, [&](const fs::path& log) { return holds_nothing(log) && fs::remove(log, error); });
    for (std::size_t i = 0; i + kept < logs.size(); ++i) fs::remove(logs[i], error);
}

fs::path sessions_folder() {
    auto folder = data_folder();
    return folder ? *folder / "sessions" : fs::path();
}

std::vector<fs::path> recording_folders() {
    std::vector<fs::path> folders;
    auto add = [&](const fs::path& path) {
        fs::path folder = path.lexically_normal();
        if (!folder.has_filename() && folder.has_relative_path()) folder = folder.parent_path();  // "films/"
        auto same = [&](const fs::path& it) { return same_folder(it, folder); };
        if (std::none_of(folders.begin(), folders.end(), same)) folders.push_back(folder);
    };
    add(videos_folder());
    const fs::path usual = usual_videos_folder().lexically_normal() / "";
    add(usual);
    if (const fs::path above = usual.parent_path().parent_path(); !above.empty()) add(above);
    return folders;
}

std::string dated(const std::string& name) {
    std::time_t now = std::time(nullptr);
    std::tm local{};
    localtime_r(&now, &local);
    char time[32];
    std::strftime(time, sizeof time, "%Y-%m-%d %H.%M.%S ", &local);
    std::string safe = name;
    std::replace(safe.begin(), safe.end(), '/', '-');
    return time + safe;
}

fs::path unused(const fs::path& folder, const std::string& name, const std::string& end, const char* before_number) {
    fs::path file = folder / (name + end);
    std::error_code error;
    for (int i = 2; fs::exists(file, error); ++i)
        file = folder / (name + before_number + std::to_string(i) + end);  // two players at once
    return file;
}

std::unique_ptr<LogWriter> new_session(const fs::path& folder, const WorldInfo& world) {
    return std::make_unique<LogWriter>(unused(folder, dated(world.name), ending), world);
}

std::vector<SessionEntry> list_sessions(std::size_t most) {
    std::vector<SessionEntry> all;
    std::vector<fs::path> folders = recording_folders();
    folders.push_back(sessions_folder());
    for (const fs::path& folder : folders)
        for (const fs::path& log : logs_in(folder)) {
            fs::path frames = log;
            std::error_code error;
            all.push_back({log, log.stem().string(), fs::exists(frames.replace_extension(".mkv"), error)});
        }
    std::sort(all.begin(), all.end(), [](const SessionEntry& a, const SessionEntry& b) { return a.name > b.name; });
    all.resize(std::min(all.size(), most));
    return all;
}

}  // namespace drift
