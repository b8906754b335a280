#include "train/recipe.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/error.h"
#include "core/noise.h"
#include "core/setting_changes.h"

namespace drift {

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(UNetConfig, cond_channels, channels, depths, attention)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(NetworkConfig, unet, context_frames, context_channels, recent_frames,
                                                num_actions, buttons, mouse_x, mouse_y, noise_cond, space_to_depth,
                                                moves)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Preconditioning, base, sigma_data, sigma_offset, rounding)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(TrainingRecipe, network, preconditioning, seed, parts, batch,
                                                learning_rate, warm_up, settle_from, settle_steps, weight_decay,
                                                gradient_clip, ema, sigma_mean, sigma_std, centred_starts,
                                                high_sigma_share, start_share, changed_weight, changed_part,
                                                mend_weight, mend_part, object_weight, weigh_by_context, rare_share,
                                                context_noise_share, context_noise_max, drift_share, drift_max,
                                                dream_share, dreams, lost_after, k_max, k_every, rollout_episodes,
                                                rollout_length, rollout_every, sampler)

TrainingRecipe own_world_recipe(const ActionSpace& actions) {
    TrainingRecipe recipe;
    auto& network = recipe.network;
    network.unet = {128, {32, 64, 64}, {2, 2, 2}, {false, false, false}};
    set_actions(network, actions);
    network.noise_cond = true;
    network.space_to_depth = 2;
    recipe.preconditioning = {Preconditioning::Base::previous, 0.1f, 0.1f, Preconditioning::Rounding::nearest};
    return recipe;
}

double TrainingRecipe::learning_rate_at(std::int64_t step) const {
    double rise = std::min(1.0, static_cast<double>(step) / std::max(1, warm_up));
    double left = settle_steps > 0
                      ? static_cast<double>(settle_from + settle_steps - step) / static_cast<double>(settle_steps)
                      : 1.0;
    return learning_rate * rise * std::clamp(left, 0.0, 1.0);
}

SamplerSettings default_settings(const TrainingRecipe& recipe) {
    SamplerSettings settings;
    // Around the previous frame, moved or not, a call at low sigma adds errors to what stands still (c_skip lets noise in, which F must
    // cancel), and at high sigma it does not: measured on bricks, sigma_min 1 in place of 0.002 is worth 4 to 9 dB in the first frame; on
    // rover 0.2 there and 1.9 after 50 frames.
    if (recipe.preconditioning.base != Preconditioning::Base::zero) settings.sigma_min = 1.0f;
    if (recipe.centred_starts) settings = noised_previous_start(settings);
    for (const auto& [name, value] : recipe.sampler) set_setting(settings, name, value);
    return clamped(settings);
}

SamplerSettings dream_settings(const TrainingRecipe& recipe, std::uint64_t seed, std::int64_t step) {
    constexpr float high = 1;
    auto settings = default_settings(recipe);
    if (settings.sigma_min >= high &&
        random_bits({seed, static_cast<std::uint64_t>(step), 0}, draw_index(Draw::data, 9), 0) % 2)
        settings.steps = 1;
    return settings;
}

void keep_settings(TrainingRecipe& recipe, const SamplerSettings& settings) {
    recipe.sampler.clear();
    SamplerSettings usual = default_settings(recipe);
    usual.upsampler = settings.upsampler;  // a training has none
    const auto kept = changed_settings(settings, usual);
    recipe.sampler.insert(kept.begin(), kept.end());
}

std::string to_json(const TrainingRecipe& recipe) { return nlohmann::json(recipe).dump(); }

TrainingRecipe recipe_of_json(const std::string& text) {
    try {
        return nlohmann::json::parse(text).get<TrainingRecipe>();
    } catch (const nlohmann::json::exception& e) {
        throw Error(std::string("checkpoint: expected a training recipe, found: ") + e.what());
    }
}

}  // namespace drift
