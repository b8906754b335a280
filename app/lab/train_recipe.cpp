#include "lab/train_recipe.h"

#include <fmt/format.h>

#include <limits>
#include <type_traits>

namespace drift {

template <class T>
void RecipeOptions::tune(CLI::App& app, const char* option, T Recipe::*member, const char* meaning, T low, T high) {
    auto* added = app.add_option_function<T>(
                         option,
                         [this, member](T value) {
                             adjust = [before = adjust, member, value](Recipe& recipe) {
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
        .add_option("--base", base,
                    "What the network predicts around: previous (frame), moved (previous frame, for games that "
                    "scroll) or zero (DIAMOND's form)")
        ->check(CLI::IsMember({"previous", "moved", "zero"}))
        ->group("Recipe");
    tune(train, "--seed", &Recipe::seed, "Of weights, data and noise", std::uint64_t{0},
         std::numeric_limits<std::uint64_t>::max());
    tune(train, "--batch", &Recipe::batch, "Segments in a step, of each part of it", 1, 4096);
    tune(train, "--parts", &Recipe::parts,
         "Parts of a step's batch, each with roll-outs and dreams of its own; as many as processes if not said", 1,
         4096);
    tune(train, "--learning-rate", &Recipe::learning_rate, "AdamW's", 0.0f, 1.0f);
    tune(train, "--settle-from", &Recipe::settle_from, "Step from which the learning rate falls to nothing",
         std::int64_t{0}, std::int64_t{1'000'000'000});
    tune(train, "--settle-steps", &Recipe::settle_steps, "In so many steps; 0: it stays", std::int64_t{0},
         std::int64_t{1'000'000'000});
    tune(train, "--ema", &Recipe::ema, "Decay of the averaged weights", 0.0f, 1.0f);
    tune(train, "--sigma-mean", &Recipe::sigma_mean, "Of ln sigma", -10.0f, 10.0f);
    tune(train, "--sigma-std", &Recipe::sigma_std, "Of ln sigma", 0.0f, 10.0f);
    tune(train, "--centred-starts", &Recipe::centred_starts, "Learn the start around the noised previous frame", false,
         true);
    tune(train, "--high-sigma-share", &Recipe::high_sigma_share, "Share of samples with sigma log-uniform in 1..10",
         0.0f, 1.0f);
    tune(train, "--start-share", &Recipe::start_share,
         "Share of samples that learn the sampler's own start: noise with nothing of the target in it", 0.0f, 1.0f);
    tune(train, "--changed-weight", &Recipe::changed_weight, "Extra loss weight of pixels that change", 0.0f, 1000.0f);
    tune(train, "--mend-weight", &Recipe::mend_weight, "Extra loss weight of pixels that its own last frame has wrong",
         0.0f, 1000.0f);
    tune(train, "--rare-share", &Recipe::rare_share, "Share of segments around a rare event", 0.0f, 1.0f);
    tune(train, "--context-noise-share", &Recipe::context_noise_share, "Share of samples with noised context", 0.0f,
         1.0f);
    tune(train, "--drift-share", &Recipe::drift_share, "Share of samples with a stained context to mend", 0.0f, 1.0f);
    tune(train, "--drift-max", &Recipe::drift_max, "Largest amplitude of a stain (1: half the range of a pixel)", 0.0f,
         2.0f);
    tune(train, "--dream-share", &Recipe::dream_share,
         "Share of samples that continue long dreams of the network itself", 0.0f, 1.0f);
    tune(train, "--dreams", &Recipe::dreams, "How many long dreams run beside the training", 0, 4096);
    tune(train, "--k-max", &Recipe::k_max, "Longest autoregressive part of a segment, in frames", 0, 16);
    tune(train, "--k-every", &Recipe::k_every, "Steps after which that part grows by one frame", 0, 1'000'000'000);
}

void RecipeOptions::apply(Recipe& recipe) const {
    const bool moving = base == "moved";
    if (base == "zero" || moving)
        recipe.preconditioning = {moving ? Preconditioning::Base::moved : Preconditioning::Base::zero, 0.5f, 0.3f,
                                  Preconditioning::Rounding::nearest};
    recipe.network.moves = moving;
    adjust(recipe);
}

}  // namespace drift
