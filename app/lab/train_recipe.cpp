#include "lab/train_recipe.h"

#include <fmt/format.h>

#include <iterator>
#include <limits>
#include <type_traits>

#include "core/error.h"

namespace drift {

template <class T>
void RecipeOptions::tune(CLI::App& app, const char* option, T TrainingRecipe::*member, const char* meaning, T low,
                         T high) {
    auto* added = app.add_option_function<T>(
                         option,
                         [this, member](T value) {
                             adjust = [before = adjust, member, value](TrainingRecipe& recipe) {
                                 before(recipe), recipe.*member = value;
                             };
                         },
                         meaning)
                      ->group("Recipe")
                      ->default_str(fmt::format("{}", own_world_recipe({}).*member));
    if constexpr (std::is_same_v<T, bool>) added->type_name("{true,false}");
    else added->check(CLI::Range(low, high));
}

void RecipeOptions::add(CLI::App& train) {
    train
        .add_option(
            "--base", base,
            "What the network predicts around: previous (frame; so if not said), moved (previous frame, for games "
            "that scroll) or zero (DIAMOND's form)")
        ->check(CLI::IsMember(std::vector<std::string>(std::begin(base_names), std::end(base_names))))
        ->group("Recipe");
    tune(train, "--seed", &TrainingRecipe::seed, "Of weights, data and noise", std::uint64_t{0},
         std::numeric_limits<std::uint64_t>::max());
    tune(train, "--batch", &TrainingRecipe::batch, "Segments in a step, of each part of it", 1, 4096);
    tune(train, "--parts", &TrainingRecipe::parts,
         "Parts of a step's batch, each with roll-outs and dreams of its own; as many as processes if not said", 1,
         4096);
    tune(train, "--learning-rate", &TrainingRecipe::learning_rate,
         "AdamW's step size, after the warm-up: half of it or less to go on from a world that is trained", 0.0f, 1.0f);
    tune(train, "--settle-from", &TrainingRecipe::settle_from, "Step from which the learning rate falls to nothing",
         std::int64_t{0}, std::int64_t{1'000'000'000});
    tune(train, "--settle-steps", &TrainingRecipe::settle_steps, "In so many steps; 0: it stays", std::int64_t{0},
         std::int64_t{1'000'000'000});
    tune(train, "--ema", &TrainingRecipe::ema, "Decay of the averaged weights", 0.0f, 1.0f);
    tune(train, "--sigma-mean", &TrainingRecipe::sigma_mean,
         "Noise levels to learn are drawn as sigma = exp(mean + std n), n normal: the mean", -10.0f, 10.0f);
    tune(train, "--sigma-std", &TrainingRecipe::sigma_std, "And std: a larger one spreads them", 0.0f, 10.0f);
    tune(train, "--centred-starts", &TrainingRecipe::centred_starts, "Learn the start around the noised previous frame",
         false, true);
    tune(train, "--high-sigma-share", &TrainingRecipe::high_sigma_share,
         "Share of samples with sigma log-uniform in 1..10", 0.0f, 1.0f);
    tune(train, "--start-share", &TrainingRecipe::start_share,
         "Share of samples that learn the sampler's own start: noise with nothing of the target in it", 0.0f, 1.0f);
    train
        .add_option_function<float>(
            "--sigma-min",
            [this](float value) {
                adjust = [before = adjust, value](TrainingRecipe& recipe) {
                    before(recipe), recipe.sampler["sigma_min"] = fmt::format("{}", value);
                };
            },
            "Last noise level of its dreams and of the world's play; if not said, that of --init, or 1 (0.002 with "
            "--base zero). Where chance decides what comes next, 0.02 chooses where 1 shows the mean")
        ->check(CLI::Range(0.0001f, 10.0f))
        ->group("Recipe");
    tune(train, "--changed-weight", &TrainingRecipe::changed_weight, "Extra loss weight of pixels that change", 0.0f,
         1000.0f);
    tune(train, "--mend-weight", &TrainingRecipe::mend_weight,
         "Extra loss weight of pixels that its own last frame has wrong", 0.0f, 1000.0f);
    tune(train, "--object-weight", &TrainingRecipe::object_weight,
         "Extra loss weight around the game's objects, where it is known where they stand", 0.0f, 1000.0f);
    tune(
        train, "--weigh-by-context", &TrainingRecipe::weigh_by_context,
        "Both extra weights by what the context shows, not by what comes: where chance decides, a weight that looks at "
        "what comes smears it",
        false, true);
    tune(train, "--rare-share", &TrainingRecipe::rare_share, "Share of segments around a rare event", 0.0f, 1.0f);
    tune(train, "--context-noise-share", &TrainingRecipe::context_noise_share, "Share of samples with noised context",
         0.0f, 1.0f);
    tune(train, "--drift-share", &TrainingRecipe::drift_share, "Share of samples with a stained context to mend", 0.0f,
         1.0f);
    tune(train, "--drift-max", &TrainingRecipe::drift_max,
         "Largest amplitude of a stain (1: half the range of a pixel)", 0.0f, 2.0f);
    tune(train, "--dream-share", &TrainingRecipe::dream_share,
         "Share of samples that continue long dreams of the network itself", 0.0f, 1.0f);
    tune(train, "--dreams", &TrainingRecipe::dreams, "How many long dreams run beside the training", 0, 4096);
    tune(train, "--lost-after", &TrainingRecipe::lost_after,
         "Frames on end that such a dream may differ from its truth before it begins anew. 1 where chance decides what "
         "comes: else it learns that what it has chosen goes away",
         1, 1'000'000);
    tune(train, "--k-max", &TrainingRecipe::k_max, "Longest autoregressive part of a segment, in frames", 0, 16);
    tune(train, "--k-every", &TrainingRecipe::k_every, "Steps after which that part grows by one frame", 0,
         1'000'000'000);
}

void RecipeOptions::apply(TrainingRecipe& recipe) const {
    const bool moving = base == "moved";
    if (base == "zero" || moving)
        recipe.preconditioning = {moving ? Preconditioning::Base::moved : Preconditioning::Base::zero, 0.5f, 0.3f,
                                  Preconditioning::Rounding::nearest};
    recipe.network.moves = moving;
    adjust(recipe);
}

void RecipeOptions::expect(const Preconditioning& learned, const std::filesystem::path& file) const {
    const std::string has = base_names[static_cast<int>(learned.base)];
    if (!base.empty() && base != has)
        throw Error(file, "--base " + base + " was given, and its network predicts around " + has +
                              ": a training that goes on keeps that");
}

void RecipeOptions::go_on(TrainingRecipe& recipe, const WorldSpec& world, const std::filesystem::path& folder) const {
    const auto given = recipe.sampler;
    const bool learns_moves = base == "moved" && world.preconditioning.base == Preconditioning::Base::zero;
    if (!learns_moves) expect(world.preconditioning, folder);
    recipe.network = world.network;
    recipe.preconditioning = world.preconditioning;
    if (learns_moves) {
        recipe.network.moves = 1;  // it learns to say what moves on top of what it knows
        recipe.preconditioning.base = Preconditioning::Base::moved;
    } else {
        keep_settings(recipe, world.defaults);
    }
    for (const auto& [name, value] : given) recipe.sampler[name] = value;
}

}  // namespace drift
