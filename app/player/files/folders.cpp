#include "player/files/folders.h"

#include <algorithm>
#include <cstdlib>

namespace drift {
namespace {

namespace fs = std::filesystem;

std::optional<fs::path> first_of(std::initializer_list<fs::path> candidates) {
    for (const fs::path& path : candidates) {
        std::error_code error;
        if (fs::exists(path, error)) return path;
    }
    return std::nullopt;
}

std::optional<fs::path> from_environment(const char* name) {
    const char* value = std::getenv(name);
    if (!value || value[0] != '/') return std::nullopt;  // the XDG rules: a path that is not absolute is ignored
    return fs::path(value);
}

fs::path users_folder(const char* variable, const char* name) {
    std::error_code error;
    if (auto folder = from_environment(variable); folder && fs::is_directory(*folder, error)) return *folder;
    if (auto home = from_environment("HOME")) return fs::is_directory(*home / name, error) ? *home / name : *home;
    return ".";
}

}  // namespace

std::optional<fs::path> find_shader(const std::string& name) {
    return first_of({fs::path(DRIFT_SOURCE_SHADERS) / name, fs::path(DRIFT_INSTALL_SHADERS) / name});
}

std::optional<fs::path> find_asset(const fs::path& name) {
    return first_of({fs::path(DRIFT_SOURCE_ASSETS) / name, fs::path(DRIFT_INSTALL_ASSETS) / name});
}

std::vector<std::string> shipped_worlds() {
    std::vector<std::string> names;
    if (auto folder = find_asset("worlds")) {
        std::error_code error;
        for (const fs::directory_entry& entry : fs::directory_iterator(*folder, error))
            if (entry.is_directory(error)) names.push_back(entry.path().filename().string());
    }
    std::sort(names.begin(), names.end());
    return names;
}

std::optional<fs::path> config_folder() {
    if (auto folder = from_environment("XDG_CONFIG_HOME")) return *folder / "driftscope";
    if (auto home = from_environment("HOME")) return *home / ".config" / "driftscope";
    return std::nullopt;
}

std::optional<fs::path> data_folder() {
    if (auto folder = from_environment("XDG_DATA_HOME")) return *folder / "driftscope";
    if (auto home = from_environment("HOME")) return *home / ".local" / "share" / "driftscope";
    return std::nullopt;
}

fs::path pictures_folder() { return users_folder("XDG_PICTURES_DIR", "Pictures"); }
fs::path videos_folder() { return users_folder("XDG_VIDEOS_DIR", "Videos"); }
fs::path documents_folder() { return users_folder("XDG_DOCUMENTS_DIR", "Documents"); }

}  // namespace drift
