#include "model/world/diamond_files.h"

#include <algorithm>
#include <charconv>

#include "core/error.h"
#include "core/files.h"
#include "core/names.h"
#include "model/checkpoint/checkpoint.h"

namespace drift {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view epoch_name = "agent_epoch_";

bool there(const fs::path& path) {
    std::error_code error;
    return fs::exists(path, error);
}

fs::path first_of(const std::vector<fs::path>& candidates) {
    auto found = std::find_if(candidates.begin(), candidates.end(), there);
    return found == candidates.end() ? fs::path{} : *found;
}

// Of a folder's files those that are weights by their names, sorted.
std::vector<fs::path> weights_in(const fs::path& folder) {
    std::vector<fs::path> found;
    std::error_code error;
    for (const fs::path& path : names_in(folder))
        if (names_weights(path) && !is_clutter(path) && !fs::is_directory(path, error)) found.push_back(path);
    return found;
}

// The one file of weights in a folder; empty where there is none.
fs::path only_weights(const fs::path& folder) {
    const std::vector<fs::path> found = weights_in(folder);
    if (found.size() <= 1) return found.empty() ? fs::path{} : found.front();
    std::string names;
    for (std::size_t i = 0; i < found.size() && i < 30; ++i)
        names += (i ? ", " : "") + printable(found[i].filename().string());
    throw Error(folder, "expected one world, found " + std::to_string(found.size()) + " to choose from: " + names);
}

// "weights.pt", or the like; torch's own endings come before the others.
fs::path named_weights(const fs::path& folder) {
    std::vector<fs::path> found = weights_in(folder);
    std::erase_if(found, [](const fs::path& file) { return lower_case(file.stem().string()) != "weights"; });
    auto rank = [](const fs::path& file) { return std::string(".pt.pth.ckpt.bin.safetensors").find(ending_of(file)); };
    std::stable_sort(found.begin(), found.end(),
                     [&](const fs::path& a, const fs::path& b) { return rank(a) < rank(b); });
    return found.empty() ? fs::path{} : found.front();
}

std::optional<int> epoch_of(const fs::path& file) {
    const std::string stem = lower_case(file.stem().string());
    int epoch = 0;
    if (!stem.starts_with(epoch_name)) return std::nullopt;
    auto [end, failure] = std::from_chars(stem.data() + epoch_name.size(), stem.data() + stem.size(), epoch);
    return failure == std::errc() && end == stem.data() + stem.size() ? std::optional(epoch) : std::nullopt;
}

// Of a run's folder, of its checkpoints, or of its agent_versions; empty where it is none.
fs::path newest_epoch(const fs::path& folder) {
    for (const fs::path& versions : {folder / "checkpoints/agent_versions", folder / "agent_versions", folder}) {
        fs::path newest;
        for (const fs::path& file : weights_in(versions))
            if (epoch_of(file) && (newest.empty() || epoch_of(file) > epoch_of(newest))) newest = file;
        if (!newest.empty()) return newest;
    }
    return first_of({folder / "checkpoints/state.pt", folder / "state.pt"});
}

fs::path weights_of_folder(const fs::path& folder) {
    if (fs::path found = named_weights(folder); !found.empty())
        return there(folder / "openings.safetensors") ? fs::path{} : found;  // a world of ours that lost its world.toml
    if (fs::path found = newest_epoch(folder); !found.empty()) return found;
    for (const char* sub : {"model", "models"})
        if (fs::path found = only_weights(folder / sub); !found.empty()) return found;
    return only_weights(folder);
}

// What a run of DIAMOND's training wrote down of itself, in the folder or above it: the agent's and the game's sections in one file.
fs::path run_configuration(const fs::path& folder) {
    fs::path above = folder;
    for (int level = 0; level < 3; ++level, above = above.parent_path())
        if (fs::path found =
                first_of({above / "config/trainer.yaml", above / "trainer.yaml", above / ".hydra/config.yaml"});
            !found.empty())
            return found;
    return {};
}

}  // namespace

std::optional<DiamondFiles> find_diamond(const fs::path& path) {
    std::error_code error;
    DiamondFiles files;
    const bool whole_folder = fs::is_directory(path, error);
    if (whole_folder) files.weights = weights_of_folder(path);
    else if (names_weights(path) || holds_tensors(path)) files.weights = path;
    if (files.weights.empty()) return std::nullopt;

    const fs::path folder = fs::absolute(files.weights, error).lexically_normal().parent_path(),
                   above = folder.parent_path();
    const std::string stem = files.weights.stem().string();
    files.agent = first_of({folder / "config.yaml", folder / (stem + ".yaml"),
                            above / "config/agent" / (stem + ".yaml"), above / "config/agent/default.yaml"});
    files.env = first_of({folder / "env.yaml", above / "config/env" / (stem + ".yaml"), above / "config/env/atari.yaml",
                          above / "config/env/default.yaml"});
    files.epoch = epoch_of(files.weights);
    const fs::path run = files.agent.empty() || files.env.empty() ? run_configuration(folder) : fs::path{};
    if (files.agent.empty()) files.agent = run;
    if (files.env.empty()) files.env = run;
    const bool of_run = files.epoch || !run.empty();
    if (lower_case(stem) != "weights" && !of_run) files.game = stem;
    fs::path place = whole_folder && of_run ? fs::absolute(path, error).lexically_normal() : folder;
    if (!place.has_filename()) place = place.parent_path();
    files.name = !files.game.empty() ? files.game : of_run && !whole_folder ? stem : place.filename().string();
    files.spawn = {folder / stem, folder / "spawn", above / "spawn" / stem, above / "spawn"};
    return files;
}

}  // namespace drift
