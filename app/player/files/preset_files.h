// The user's own presets: a TOML file each, in a folder.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "player/presets.h"

namespace drift {

// ~/.config/driftscope/presets; nullopt where nothing can be kept.
std::optional<std::filesystem::path> preset_folder();

// A name as a file's name and back: what a path could stumble over becomes %XX, so that any name stays below the folder.
std::string preset_file_name(const std::string& name);
std::string preset_name(const std::filesystem::path& file);

// Throws Error where the file cannot be read or is no preset.
Preset read_preset(const std::filesystem::path& file);
// Those of a folder, by name; a file that is no preset is said in `notes` and left out.
std::vector<Preset> read_presets(const std::optional<std::filesystem::path>& folder, std::vector<std::string>& notes);

// The presets that the user has, and what the last change took away.
struct OwnPresets {
    std::optional<std::filesystem::path> folder;  // nullopt: nothing lasts
    std::vector<Preset> list = {};
    std::optional<Preset> gone = {};  // deleted or overwritten last

    void read(std::vector<std::string>& notes) { list = read_presets(folder, notes); }
    // Each throws Error where the folder cannot be written, with nothing changed. An older one of that name is in `gone` then.
    void save(const Preset& preset);
    void remove(const std::string& name);
    // The file's preset of before the last save over it or removal.
    void undo();
};

}  // namespace drift
