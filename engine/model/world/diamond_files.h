// Where the parts of a DIAMOND world lie on a disk, as people have them: from Hugging Face's eloialonso/diamond, or beside each other.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace drift {

struct DiamondFiles {
    std::filesystem::path weights;
    std::filesystem::path agent, env;          // YAML; empty where there is none
    std::vector<std::filesystem::path> spawn;  // folders that may hold start frames, the likeliest first
    std::string game;                          // that the file is named for; empty of "weights.pt"
    std::string name;                          // the game's, or the folder's where there is none
};

// A .pt or .ckpt file; or a folder that holds weights.pt, model/<one>.pt (csgo/) or models/<one>.pt (atari_100k/). nullopt where the path is
// none of these. Throws Error where a folder holds several to choose from: it names them.
std::optional<DiamondFiles> find_diamond(const std::filesystem::path& path);

}  // namespace drift
