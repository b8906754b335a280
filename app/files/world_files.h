// Worlds on the disk that one can choose from: found by names alone, none is opened for it. Nothing here throws.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/names.h"

namespace drift {

struct WorldEntry {
    enum class From { shipped, own, lately, game };
    std::filesystem::path file;  // what opens it: a folder, a file of weights, or what stands for a game alone
    std::string name;            // as it is on the disk: shown by printable()
    From from = From::shipped;
};

// ~/.local/share/driftscope/worlds by the XDG rules, or the folder that the user has chosen; empty where there is no such place. It need not exist.
std::filesystem::path worlds_folder();

// What a world is called: its folder's name, or the file's without its ending.
std::string world_name(const std::filesystem::path& file);
// What --world names: with a slash a path; else a shipped world, one of the user's, or what lies under that name in the current folder, in
// this order, so that no folder there hides a world. nullopt where there is none.
std::optional<std::filesystem::path> find_world(const std::string& name);
// The same. Throws Error where there is none, and says which there are.
std::filesystem::path world_named(const std::string& name);

// Worlds in that folder and a few folders below it, by name: folders with a world.toml, those with weights in DIAMOND's layouts, files of
// weights. Bounded; each once, whatever links lead to it; what cannot be read is passed over. `itself`: the folder may be one.
std::vector<WorldEntry> worlds_in(const std::filesystem::path& folder, WorldEntry::From from, bool itself = false);
// Shipped ones, the user's, and of those that were opened lately (newest first) those that are not among them.
std::vector<WorldEntry> list_worlds(const std::filesystem::path& shipped, const std::filesystem::path& own,
                                    const std::vector<std::filesystem::path>& lately);
std::vector<WorldEntry> list_worlds(const std::vector<std::filesystem::path>& lately);  // of this installation and user

}  // namespace drift
