// Where the parts of a DIAMOND world lie on a disk, as people have them: from Hugging Face's eloialonso/diamond, beside each other, or as a
// training of DIAMOND's leaves them.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace drift {

struct DiamondFiles {
    std::filesystem::path weights;
    std::filesystem::path agent, env;          // YAML; empty where there is none; of a training's run the same file
    std::vector<std::filesystem::path> spawn;  // folders that may hold start frames, the likeliest first
    std::string game;                          // that the file is named for; empty of "weights.pt" and of a run's
    std::string name;                          // the game's, or the folder's where there is none
    std::optional<int> epoch;                  // of a run
};

// A file of weights, by its contents or by its name; or a folder that holds "weights" with any of their endings, model/<one> (csgo/),
// models/<one> (atari_100k/), one file of weights alone, or a training's run: then its newest epoch,
// checkpoints/agent_versions/agent_epoch_00050.pt, or else checkpoints/state.pt. nullopt where the path is none of these. Throws Error where a
// folder holds several to choose from: it names them.
std::optional<DiamondFiles> find_diamond(const std::filesystem::path& path);

}  // namespace drift
