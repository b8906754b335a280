#include "model/world/networks.h"

#include <algorithm>
#include <cmath>

#include "core/error.h"
#include "model/network/network_shape.h"

namespace drift {
namespace {

bool has(const TensorMap& weights, const std::string& prefix) {
    auto found = weights.lower_bound(prefix);
    return found != weights.end() && found->first.starts_with(prefix);
}

// What the tensors of a network leave behind under its prefix is no part of it.
void expect_none_left(const TensorMap& weights, const std::string& prefix, const std::filesystem::path& file) {
    std::string names;
    int count = 0;
    for (auto it = weights.lower_bound(prefix); it != weights.end() && it->first.starts_with(prefix); ++it)
        if (++count <= 20) names += (names.empty() ? "" : ", ") + printable(it->first);
    if (count > 0)
        throw Error(file,
                    std::to_string(count) + " tensors under " + prefix + " are no part of such a network: " + names);
}

std::string sized(int width, int height) { return std::to_string(width) + "x" + std::to_string(height); }

// The side of square frames that the reward model takes; 0 where it says nothing.
int side_of(const RewardEnd& net) {
    double features = static_cast<double>(net.lstm.weight_ih.size(1)) /
                      static_cast<double>(net.blocks.back().blocks.back().conv2.weight.size(0));
    int side = static_cast<int>(std::lround(std::sqrt(features))) << (net.downsamples.size() - 1);
    return net.fits(side, side) ? side : 0;
}

}  // namespace

Networks networks_of(TensorMap& weights, int& width, int& height, std::string& note,
                     const std::filesystem::path& file) {
    if (!has(weights, "denoiser.inner_model."))
        throw Error(file,
                    "expected the tensors of a DIAMOND agent (denoiser.inner_model...), found none of them among " +
                        std::to_string(weights.size()));
    Networks networks;
    networks.model = inner_model_of(weights, "denoiser.inner_model.", file);
    expect_none_left(weights, "denoiser.inner_model.", file);
    if (has(weights, "upsampler.inner_model.")) {
        networks.upsampler = inner_model_of(weights, "upsampler.inner_model.", file);
        expect_none_left(weights, "upsampler.inner_model.", file);
        if (networks.upsampler->config.context_channels != 6)
            throw Error(file, "expected an upsampler of two frames beside the noisy one, found one of " +
                                  std::to_string(networks.upsampler->config.context_frames));
    }
    auto leave_out = [&](const char* what) {
        note += (note.empty() ? "" : " ") + (std::string(what) + " is made for frames of another size than " +
                                             sized(width, height) + " and is left out.");
    };
    if (has(weights, "rew_end_model.")) {
        networks.reward_end = reward_end_of(weights, "rew_end_model.", file);
        expect_none_left(weights, "rew_end_model.", file);
        if (width == 0) width = height = side_of(*networks.reward_end);
    }
    if (width == 0 && networks.upsampler) width = 280, height = 150;  // CSGO's
    if (width == 0) width = height = 64;                              // Atari's
    if (networks.reward_end && !networks.reward_end->fits(width, height))
        leave_out("Its reward model"), networks.reward_end.reset();
    if (networks.reward_end && networks.reward_end->act_emb.size(0) != networks.model.config.num_actions)
        throw Error(file, "expected a reward model of " + std::to_string(networks.model.config.num_actions) +
                              " actions as the world has, found one of " +
                              std::to_string(networks.reward_end->act_emb.size(0)));
    if (has(weights, "actor_critic.")) {
        networks.policy = actor_critic_of(weights, "actor_critic.", width, height, file);
        expect_none_left(weights, "actor_critic.", file);
        if (!networks.policy->fits(width, height)) leave_out("Its player"), networks.policy.reset();
        if (networks.policy && networks.policy->actor.weight.size(0) != networks.model.config.num_actions)
            throw Error(file, "expected a player of " + std::to_string(networks.model.config.num_actions) +
                                  " actions as the world has, found one of " +
                                  std::to_string(networks.policy->actor.weight.size(0)));
    }
    return networks;
}

}  // namespace drift
