#include "lab/trained_world.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/atomic_file.h"
#include "core/error.h"
#include "formats/text.h"
#include "lab/out_folder.h"

namespace drift {

WorldSpec world_spec(const TrainingRecipe& recipe, const Trainer& trainer, const TrainSubject& subject) {
    WorldSpec spec;
    spec.title = subject.title + ", trained by driftlab";
    spec.game = subject.game;
    spec.width = subject.width, spec.height = subject.height, spec.rate = subject.rate;
    spec.actions = subject.actions;
    spec.network = recipe.network;
    spec.preconditioning = recipe.preconditioning;
    spec.defaults = default_settings(recipe);
    spec.trained = {0.002f, 20.0f, recipe.context_noise_share > 0 ? recipe.context_noise_max : 0,
                    recipe.centred_starts};
    spec.training_note = fmt::format("{} steps, {} frames learned, {:.0f} minutes, seed {}", trainer.steps_done(),
                                     trainer.samples, trainer.seconds / 60, recipe.seed);
    return spec;
}

void check_new_folder(const std::filesystem::path& out, const std::filesystem::path& init) {
    namespace fs = std::filesystem;
    std::error_code error;
    expect_no_other(out, "a world");
    if (fs::exists(out / checkpoint_file, error))
        throw Error(out / checkpoint_file, "expected a new folder, found a checkpoint: give --resume to continue it");
    if (fs::exists(out / weights_file, error) && !fs::equivalent(out, init, error))
        throw Error(out, "expected a new folder, found a world: give it as --init too, to go on with its weights");
}

std::unique_ptr<FileLock> take_folder(const std::filesystem::path& out) {
    make_folder(out);
    auto lock = std::make_unique<FileLock>(out);
    if (!lock->held())
        throw Error(out, "another training writes to this folder: let it end first, or give another --out");
    return lock;
}

namespace {

constexpr const char* rollouts_file = "rollouts.json";

}  // namespace

OutsideRollouts rollouts_of(const std::filesystem::path& out, OutsideRollouts given) {
    std::error_code error;
    if (!std::filesystem::exists(out / rollouts_file, error)) return given;
    try {
        const auto json = nlohmann::json::parse(read_text(out / rollouts_file, 4096));
        return {json.at("frames"), json.at("processes"), json.at("policy")};
    } catch (const nlohmann::json::exception&) {
        throw Error(out / rollouts_file, "expected how the game was played before this training, found something else");
    }
}

void keep_rollouts(const std::filesystem::path& out, const OutsideRollouts& rollouts) {
    const nlohmann::json json{
        {"frames", rollouts.frames}, {"processes", rollouts.processes}, {"policy", rollouts.policy}};
    write_file(out / rollouts_file, json.dump(2) + "\n");
}

void expect_game(const std::filesystem::path& folder, const WorldSpec& spec, const std::string& game) {
    if (spec.game != game && !game.empty() && !spec.game.empty())
        throw Error(folder,
                    "expected a world of the game " + game + " to begin with, found one of " + printable(spec.game));
}

void expect_beginning(const std::filesystem::path& folder, const WorldSpec& spec, const TrainSubject& subject) {
    expect_game(folder, spec, subject.game);
    if (spec.actions.told() != subject.actions.told())
        throw Error(folder, "expected a world of " + subject.actions.told() + " to begin with, found one of " +
                                spec.actions.told());
}

}  // namespace drift
