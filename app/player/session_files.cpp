#include "player/session_files.h"

#include <algorithm>
#include <ctime>
#include <string>
#include <vector>

#include "player/folders.h"

namespace drift {
namespace {

namespace fs = std::filesystem;
constexpr std::size_t kept = 10;
constexpr const char* ending = ".driftlog";

// By name, which begins with the time.
void drop_oldest(const fs::path& folder) {
    std::error_code error;
    std::vector<fs::path> logs;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, error))
        if (entry.path().extension() == ending && entry.is_regular_file(error)) logs.push_back(entry.path());
    std::sort(logs.begin(), logs.end());
    for (std::size_t i = 0; i + kept <= logs.size(); ++i) fs::remove(logs[i], error);
}

}  // namespace

fs::path sessions_folder() {
    auto folder = data_folder();
    return folder ? *folder / "sessions" : fs::path();
}

std::unique_ptr<LogWriter> new_session(const fs::path& folder, const WorldInfo& world) {
    drop_oldest(folder);
    std::time_t now = std::time(nullptr);
    std::tm local{};
    localtime_r(&now, &local);
    char time[32];
    std::strftime(time, sizeof time, "%Y-%m-%d %H.%M.%S ", &local);
    std::string name = time + world.name;
    std::replace(name.begin() + 20, name.end(), '/', '-');
    fs::path file = folder / (name + ending);
    std::error_code error;
    for (int i = 2; fs::exists(file, error); ++i) file = folder / (name + " " + std::to_string(i) + ending);  // two players at once
    return std::make_unique<LogWriter>(file, world);
}

}  // namespace drift
