#include "files/folders.h"

#include <unistd.h>
#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <mutex>
#include <utility>

#include "core/error.h"

namespace drift {
namespace {

namespace fs = std::filesystem;

std::mutex chosen_mutex;  // the generation thread looks for worlds, the window's thread chooses
OwnFolders chosen;

std::optional<fs::path> from_environment(const char* name) {
    const char* value = std::getenv(name);
    if (!value || value[0] != '/') return std::nullopt;  // the XDG rules: a path that is not absolute is ignored
    return fs::path(value);
}

fs::path program_folder() {
    std::error_code error;
    return fs::read_symlink("/proc/self/exe", error).parent_path();
}

// An installation may lie anywhere: its files are found from its program, PREFIX/bin/driftscope.
std::optional<fs::path> find_shipped(const char* kind, const char* in_source, const fs::path& name) {
    std::error_code error;
    for (const fs::path& path :
         {program_folder().parent_path() / "share/driftscope" / kind / name, fs::path(in_source) / name})
        if (fs::exists(path, error)) return path;
    return std::nullopt;
}

std::string user_dirs() {
    auto config = from_environment("XDG_CONFIG_HOME");
    if (auto home = from_environment("HOME"); !config && home) config = *home / ".config";
    if (!config) return "";
    std::ifstream file(*config / "user-dirs.dirs", std::ios::binary);
    std::string text(65536, '\0');  // longer than any such file
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(file.gcount()));
    return text;
}

// `own`: a folder within it for what is ours.
fs::path users_folder(const char* variable, const char* name, const char* own) {
    std::error_code error;
    if (auto folder = from_environment(variable); folder && fs::is_directory(*folder, error)) return *folder;
    auto home = from_environment("HOME");
    if (!home) return ".";
    fs::path folder = named_in_user_dirs(user_dirs(), variable, *home).value_or(*home / name);
    // A folder that the user does not want is set to the home folder itself.
    if ((folder / "").lexically_normal() == (*home / "").lexically_normal()) return *home / "Driftscope";
    return *own ? folder / own : folder;
}

}  // namespace

std::optional<fs::path> named_in_user_dirs(std::string_view text, std::string_view variable, const fs::path& home) {
    std::optional<fs::path> found;  // the last line counts, as in a shell
    while (!text.empty()) {
        std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(text.size(), line.size() + 1));
        line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
        if (!line.starts_with(variable)) continue;
        line.remove_prefix(variable.size());
        if (!line.starts_with("=\"")) continue;
        line.remove_prefix(2);
        std::string value;
        bool ended = false;
        for (std::size_t i = 0; i < line.size() && !ended; ++i) {
            if (line[i] == '\\' && i + 1 < line.size()) value += line[++i];
            else if (line[i] == '"') ended = true;
            else value += line[i];
        }
        if (!ended) continue;
        if (value == "$HOME") found = home;
        else if (value.starts_with("$HOME/"))
            found = fs::path(home.string() + value.substr(5));  // joined as text: "$HOME//x" is no "/x"
        else if (value.starts_with("/")) found = value;
    }
    return found;
}

fs::path made(fs::path folder) {
    std::error_code error;
    fs::create_directories(folder, error);
    return folder;
}

fs::path program_beside(const std::string& name) { return program_folder() / name; }

std::optional<fs::path> find_shader(const std::string& name) {
    return find_shipped("shaders", DRIFT_SOURCE_SHADERS, name);
}
std::optional<fs::path> find_asset(const fs::path& name) { return find_shipped("assets", DRIFT_SOURCE_ASSETS, name); }

std::optional<fs::path> config_folder() {
    if (auto folder = from_environment("XDG_CONFIG_HOME")) return *folder / "driftscope";
    if (auto home = from_environment("HOME")) return *home / ".config" / "driftscope";
    return std::nullopt;
}

std::optional<fs::path> usual_data_folder() {
    if (auto folder = from_environment("XDG_DATA_HOME")) return *folder / "driftscope";
    if (auto home = from_environment("HOME")) return *home / ".local" / "share" / "driftscope";
    return std::nullopt;
}

std::optional<fs::path> data_folder() {
    fs::path own = used_folders().data;
    return own.empty() ? usual_data_folder() : own;
}

fs::path usual_videos_folder() { return users_folder("XDG_VIDEOS_DIR", "Videos", "Driftscope"); }
fs::path videos_folder() {
    fs::path own = used_folders().recordings;
    return own.empty() ? usual_videos_folder() : own;
}
fs::path pictures_folder() {
    fs::path own = used_folders().pictures;
    return own.empty() ? users_folder("XDG_PICTURES_DIR", "Pictures", "") : own;
}
fs::path documents_folder() {
    fs::path own = used_folders().tables;
    return own.empty() ? users_folder("XDG_DOCUMENTS_DIR", "Documents", "") : own;
}

std::vector<fs::path> general_folders() {
    const auto home = from_environment("HOME");
    if (!home) return {};
    std::vector<fs::path> folders{*home};
    const std::string text = user_dirs();
    for (const auto& [variable, name] : {std::pair{"XDG_DESKTOP_DIR", "Desktop"},
                                         {"XDG_DOCUMENTS_DIR", "Documents"},
                                         {"XDG_DOWNLOAD_DIR", "Downloads"},
                                         {"XDG_MUSIC_DIR", "Music"},
                                         {"XDG_PICTURES_DIR", "Pictures"},
                                         {"XDG_PUBLICSHARE_DIR", "Public"},
                                         {"XDG_TEMPLATES_DIR", "Templates"},
                                         {"XDG_VIDEOS_DIR", "Videos"}})
        folders.push_back(named_in_user_dirs(text, variable, *home).value_or(*home / name));
    return folders;
}

bool same_folder(const fs::path& a, const fs::path& b) {
    auto plain = [](const fs::path& folder) {
        std::error_code error;
        fs::path path = fs::weakly_canonical(folder, error);
        return ((error ? folder : path) / "").lexically_normal();
    };
    return plain(a) == plain(b);
}

void use_folders(const OwnFolders& folders) {
    std::lock_guard lock(chosen_mutex);
    chosen = folders;
}

OwnFolders used_folders() {
    std::lock_guard lock(chosen_mutex);
    return chosen;
}

fs::path existing_part(fs::path path) {
    std::error_code error;
    while (!fs::exists(path, error) && path.has_relative_path()) path = path.parent_path();
    return path;
}

fs::path typed_folder(std::string_view text, bool to_write) {
    const auto first = text.find_first_not_of(" \t"), last = text.find_last_not_of(" \t");
    std::string path(first == text.npos ? "" : text.substr(first, last - first + 1));
    if (const auto home = from_environment("HOME"); home && (path == "~" || path.starts_with("~/")))
        path.replace(0, 1, home->string());
    if (!path.starts_with('/'))
        throw Error("Expected a folder's path that begins with / or ~, found \"" + printable(path) + "\"");
    std::error_code error;
    if (fs::exists(path, error) && !fs::is_directory(path, error)) throw Error(path, "expected a folder, found a file");
    if (!to_write) return path;
    const fs::path there = existing_part(path);
    if (!fs::is_directory(there, error)) throw Error(there, "expected a folder, found a file");
    if (access(there.c_str(), W_OK | X_OK) != 0)
        throw Error(there, "expected a folder that can be written into, found none");
    return path;
}

}  // namespace drift
