// All that decides a training: a plain value, kept in the checkpoint so that a resumed run goes on as it began.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "core/sampler_settings.h"
#include "model/network/inner_model.h"
#include "model/sampling/precondition.h"

namespace drift {

struct TrainingRecipe {
    NetworkConfig network;
    Preconditioning preconditioning;
    std::uint64_t seed = 1;
    // Each part of a batch has roll-outs, dreams and noise of its own: as many as processes that train together, or more, which share them.
    int parts = 1;
    int batch = 16;  // segments of a part; more steps, not larger ones: time on a CPU is what is short
    float learning_rate = 6e-4f;
    int warm_up = 200;  // steps in which the learning rate rises to its value
    // From this step on it falls on a line, to nothing after `settle_steps` more; 0: it never does. What the last steps settle is worth hours.
    std::int64_t settle_from = 0, settle_steps = 0;
    float weight_decay = 1e-2f;  // AdamW, of convolutions and linear layers
    float gradient_clip = 1.0f;  // of the total norm
    float ema = 0.999f;          // of the weights that are shipped
    // sigma = exp(mean + std n), clipped to [0.002, 20]: DIAMOND's.
    float sigma_mean = -0.4f, sigma_std = 1.2f;
    // The mean of the noise points from the clean frame to the previous one, so that p + sigma_max n was seen: a start around the previous frame.
    bool centred_starts = false;
    // This share of the samples draws sigma log-uniformly from [1, 10] instead: the first network call of a frame, at sigma_max, decides
    // what moves where, and the lognormal seldom visits it.
    float high_sigma_share = 0.7f;
    // This share of the samples learns the sampler's own start: x is noise as small as start scales to 2 make it, with nothing of the target in
    // it. Under noise of its full sigma a change of much of the picture (a wall of bricks that is put up) can still be seen at sigma 10: the
    // network reads it there, and never learns to tell it from the context, which is all that a dream has.
    float start_share = 0.0f;
    // Loss weight 1 + changed_weight on 3x3 pixels around what differs from the previous frame, as long as that is a small part of it.
    float changed_weight = 20.0f, changed_part = 0.03f;
    // And this much more on pixels that the network's own previous frame has wrong by more than two levels, stains among them, as long as
    // they are a small part. Around the previous frame an error stays for hundreds of frames unless it is worth mending.
    float mend_weight = 0.0f, mend_part = 0.15f;
    // And this much more around the game's objects, where it is known where they stand: in a mean of squares a ball of two pixels weighs nothing
    // beside ten lanes of cars.
    float object_weight = 0.0f;
    // Where changed_weight and object_weight lie: by what comes, as above, or, if this is set, by what the network is given: where the last two frames
    // of the context differ and where the objects stood in the last one, a little wider. A weight that looks at the target makes the mean that is
    // learned one of the targets so weighted: where chance decides, a thing is then shown faintly everywhere it may come to. One that looks at the
    // context alone leaves the mean what it is.
    bool weigh_by_context = false;
    float rare_share = 0.5f;  // of the batch: segments around a rare event
    // This share of the samples has noise on its context, sigma_cond log-uniform in [0.002, context_noise_max], told to the network.
    float context_noise_share = 0.15f, context_noise_max = 0.3f;
    // This share of the samples has a stain on its whole context, alike in all frames, that the next frame does not have: so the network
    // learns to mend what hundreds of steps leave behind, which segments of a few frames never show it. Amplitude to drift_max.
    float drift_share = 0.3f, drift_max = 0.4f;
    // This share of each batch continues long dreams of the network itself, `dreams` of which run beside the training.
    float dream_share = 0.5f;
    int dreams = 32;
    // A dream that has not followed its truth for so many frames on end begins anew. Until then it is learned that it should come back, which is
    // right where it has erred; where chance decides what comes, it is learned that what a dream has chosen goes away again: 1 is right there.
    int lost_after = 8;
    // Autoregressive segments: k frames are learned after the first with the network's own in the context; k grows by 1 each k_every steps.
    int k_max = 2, k_every = 1500;
    int rollout_episodes = 256, rollout_length = 256, rollout_every = 1000;  // fresh episodes each so many steps
    // Settings of the sampler, by name, in place of those that the network's form asks for: a training that goes on from a world samples its
    // long dreams as that world is played, since these are the contexts that it will meet, and hands the settings on.
    std::map<std::string, std::string> sampler;

    double learning_rate_at(std::int64_t step) const;  // step: the first is 1
    int k_at(std::int64_t step) const {
        return k_every > 0 ? static_cast<int>(step / k_every < k_max ? step / k_every : k_max) : k_max;
    }
};

// What a world of this recipe is played with, if not told otherwise. Throws Error where `recipe.sampler` names what is no setting.
SamplerSettings default_settings(const TrainingRecipe& recipe);
// What its long dreams are sampled with in a step. Where the last noise level is high, one call gives nearly the same frame as several: it is
// taken every other time, to age at half the price. Where it is low, the calls after the first are what chooses one of several futures, and a
// dream of one call would be the mean of all.
SamplerSettings dream_settings(const TrainingRecipe& recipe, std::uint64_t seed, std::int64_t step);
// From now on the default ones are `settings`.
void keep_settings(TrainingRecipe& recipe, const SamplerSettings& settings);

// The project's own worlds: around the previous frame, pixels folded 2x2, 32/64/64 channels.
TrainingRecipe own_world_recipe(const ActionSpace& actions);

std::string to_json(const TrainingRecipe& recipe);
// Throws Error where the text is no recipe.
TrainingRecipe recipe_of_json(const std::string& text);

}  // namespace drift
