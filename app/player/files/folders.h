// Where things lie: what is shipped, what the user keeps. Nothing here throws for a folder that is missing.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace drift {

// A shipped file or folder by its path below shaders/ or assets/, from the source folder or the installed one, whichever has it;
// nullopt where neither has.
std::optional<std::filesystem::path> find_shader(const std::string& name);
std::optional<std::filesystem::path> find_asset(const std::filesystem::path& name);
// Names of the worlds that are shipped.
std::vector<std::string> shipped_worlds();

// ~/.config/driftscope by the XDG rules; nullopt where there is neither XDG_CONFIG_HOME nor HOME. It need not exist.
std::optional<std::filesystem::path> config_folder();
// ~/.local/share/driftscope by the XDG rules, where states are kept; nullopt as above. It need not exist.
std::optional<std::filesystem::path> data_folder();
// Where tables go: the user's documents, else home, else the current folder.
std::filesystem::path documents_folder();
// Where recordings go: the user's videos, else home, else the current folder.
std::filesystem::path videos_folder();
// Where screenshots go: the user's pictures folder, else home, else the current folder.
std::filesystem::path pictures_folder();

}  // namespace drift
