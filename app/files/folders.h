// Where things lie: what is shipped, what the user keeps. Nothing here throws for a folder that is missing.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace drift {

// A shipped file or folder by its path below shaders/ or assets/: of the installation that this program is in, else of the source folder;
// nullopt where neither has it.
std::optional<std::filesystem::path> find_shader(const std::string& name);
std::optional<std::filesystem::path> find_asset(const std::filesystem::path& name);

// Another program of ours, which lies beside this one. It need not exist.
std::filesystem::path program_beside(const std::string& name);

// ~/.config/driftscope by the XDG rules; nullopt where there is neither XDG_CONFIG_HOME nor HOME. It need not exist.
std::optional<std::filesystem::path> config_folder();
// ~/.local/share/driftscope by the XDG rules, where states are kept; nullopt as above. It need not exist.
std::optional<std::filesystem::path> data_folder();
// The same, whatever folder is chosen in its place.
std::optional<std::filesystem::path> usual_data_folder();

// Where tables, recordings and screenshots go: the folders that the desktop keeps for them, under their names in the user's language
// (xdg-user-dirs: ~/.config/user-dirs.dirs), else ~/Documents, ~/Videos, ~/Pictures; never loose into the home folder. Recordings, which are many, go into
// a folder "Driftscope" there. A variable of the environment, XDG_VIDEOS_DIR, names the very folder. None need exist.
std::filesystem::path documents_folder();
std::filesystem::path videos_folder();
std::filesystem::path pictures_folder();

// Folders that the user has chosen in place of those above and below; empty: as they are by the rules. `data` is data_folder().
struct OwnFolders {
    std::filesystem::path recordings, pictures, tables, worlds, data;
    bool operator==(const OwnFolders&) const = default;
};
// From now on, in all threads of this program: like the environment's variables, and before these.
void use_folders(const OwnFolders& folders);
OwnFolders used_folders();
// Where recordings go by the rules, whatever is chosen: earlier ones may lie there.
std::filesystem::path usual_videos_folder();
// The home folder and those that the desktop keeps in it, by user-dirs.dirs: all kinds of files of the user's lie there.
std::vector<std::filesystem::path> general_folders();
// Are both paths of one folder, by a slash at the end or a link too? It need not exist.
bool same_folder(const std::filesystem::path& a, const std::filesystem::path& b);
// The path, or else the nearest folder above it that is there: what it would be made in.
std::filesystem::path existing_part(std::filesystem::path path);
// A path as it was typed, "~/films" too. Throws Error where it is no absolute path, something other than a folder, or nothing can be written there.
std::filesystem::path typed_folder(std::string_view text, bool to_write = true);

// Makes it where it is missing, if it can be made; returns it.
std::filesystem::path made(std::filesystem::path folder);

// What user-dirs.dirs says of that variable: XDG_VIDEOS_DIR="$HOME/Vid\"eos" or an absolute path; nullopt where it says nothing usable.
std::optional<std::filesystem::path> named_in_user_dirs(std::string_view text, std::string_view variable,
                                                        const std::filesystem::path& home);

}  // namespace drift
