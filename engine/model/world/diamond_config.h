// DIAMOND's configuration files: what the tensors of a checkpoint do not say by themselves.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "model/network/inner_model.h"

namespace drift {

// One denoiser of agent.yaml.
struct DenoiserConfig {
    std::optional<float> sigma_data, sigma_offset;
    std::optional<int> upsampling;
    bool noises_context = false;
    std::vector<int> channels, depths, attention;  // empty where the file says nothing
    std::optional<int> cond_channels, context_frames;
};

// How a training's configuration plays its world.
struct SamplerConfig {
    std::optional<int> steps, order;
    std::optional<float> sigma_min, sigma_max, rho, s_churn, s_tmin, s_tmax, s_noise;
};

struct DiamondConfig {
    DenoiserConfig denoiser, upsampler;
    SamplerConfig sampler;
    std::optional<std::pair<int, int>> size;  // height and width
    std::string game;                         // "Breakout" of BreakoutNoFrameskip-v4; empty where it is not said
};

// Either path may be empty: nothing is known then. Both may be the file of a whole training, which has the two as sections. Files of more than 64 kB are refused. Throws Error naming the file.
DiamondConfig read_diamond_config(const std::filesystem::path& agent, const std::filesystem::path& env);

// Throws Error listing all that differs where the file describes another network than the one that the tensors make.
void check_config(const DenoiserConfig& said, const NetworkConfig& found, const std::string& which,
                  const std::filesystem::path& file);

}  // namespace drift
