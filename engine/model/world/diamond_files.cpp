#include "model/world/diamond_files.h"

#include <algorithm>

#include "core/error.h"

namespace drift {
namespace {

namespace fs = std::filesystem;

bool is_weights(const fs::path& file) { return file.extension() == ".pt" || file.extension() == ".ckpt"; }

bool there(const fs::path& path) {
    std::error_code error;
    return fs::exists(path, error);
}

fs::path first_of(std::initializer_list<fs::path> candidates) {
    auto found = std::find_if(candidates.begin(), candidates.end(), there);
    return found == candidates.end() ? fs::path{} : *found;
}

// The one file of weights in a folder; empty where there is none.
fs::path only_weights(const fs::path& folder) {
    std::vector<fs::path> found;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder, error))
        if (is_weights(entry.path())) found.push_back(entry.path());
    std::sort(found.begin(), found.end());
    if (found.size() <= 1) return found.empty() ? fs::path{} : found.front();
    std::string names;
    for (std::size_t i = 0; i < found.size() && i < 30; ++i) names += (i ? ", " : "") + printable(found[i].filename().string());
    throw Error(folder, "expected one world, found " + std::to_string(found.size()) + " to choose from: " + names);
}

}  // namespace

std::optional<DiamondFiles> find_diamond(const fs::path& path) {
    std::error_code error;
    DiamondFiles files;
    if (fs::is_directory(path, error)) {
        files.weights = there(path / "weights.pt") ? path / "weights.pt" : only_weights(path / "model");
        if (files.weights.empty()) files.weights = only_weights(path / "models");
        if (files.weights.empty()) return std::nullopt;
    } else if (is_weights(path)) {
        files.weights = path;
    } else {
        return std::nullopt;
    }
    const fs::path folder = fs::absolute(files.weights, error).lexically_normal().parent_path(), above = folder.parent_path();
    const std::string stem = files.weights.stem().string();
    if (stem != "weights") files.game = stem;
    files.name = files.game.empty() ? folder.filename().string() : files.game;
    files.agent = first_of({folder / "config.yaml", folder / (stem + ".yaml"), above / "config/agent" / (stem + ".yaml"), above / "config/agent/default.yaml"});
    files.env = first_of({folder / "env.yaml", above / "config/env" / (stem + ".yaml"), above / "config/env/atari.yaml", above / "config/env/default.yaml"});
    files.spawn = {folder / stem, folder / "spawn", above / "spawn" / stem, above / "spawn"};
    return files;
}

}  // namespace drift
