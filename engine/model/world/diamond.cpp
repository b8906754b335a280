#include "model/world/diamond.h"

#include <algorithm>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include "core/csgo_action.h"
#include "core/error.h"
#include "model/checkpoint/checkpoint.h"
#include "model/world/ale_actions.h"
#include "model/world/diamond_config.h"

namespace drift {
namespace {

namespace fs = std::filesystem;

constexpr int warm_up_steps = 8;

Preconditioning preconditioning(const DenoiserConfig& config, float offset) {
    Preconditioning p;  // around zero, truncating: the reference's
    p.sigma_data = config.sigma_data.value_or(p.sigma_data);
    p.sigma_offset = config.sigma_offset.value_or(offset);
    return p;
}

History flat(const WorldSpec& spec) {
    Frame grey(spec.width, spec.height);
    std::fill(grey.rgb.begin(), grey.rgb.end(), std::uint8_t{128});
    History history;
    history.frames.assign(static_cast<std::size_t>(spec.network.context_frames), grey);
    history.actions.assign(history.frames.size() - 1, spec.actions.noop());
    if (spec.upsampling > 1) {
        Frame small(spec.low_width(), spec.low_height());
        std::fill(small.rgb.begin(), small.rgb.end(), std::uint8_t{128});
        history.low.assign(history.frames.size(), small);
    }
    return history;
}

// A checkpoint's tensors under the agent's own names, whatever module it was a part of where it was saved ("model.", "ema.").
TensorMap agent_tensors(const fs::path& file) {
    TensorMap all = with_plain_names(read_tensors(file), file);
    constexpr std::string_view begin = "denoiser.inner_model.";
    std::optional<std::string> before;
    for (const auto& [name, tensor] : all) {
        const auto at = name.find(begin);
        if (at == name.npos || (at > 0 && name[at - 1] != '.')) continue;
        std::string found = name.substr(0, at);
        const bool averaged = found.find("ema") != found.npos;  // of two the one that is trained
        if (!before || (before->find("ema") != before->npos && !averaged) || found.empty()) before = found;
    }
    if (!before || before->empty()) return all;
    TensorMap own;
    for (auto& [name, tensor] : all)
        if (name.starts_with(*before)) own.emplace(name.substr(before->size()), std::move(tensor));
    return own;
}

// What was assumed because no configuration says it.
std::string assumptions(const DiamondFiles& files, const DiamondConfig& config, const WorldSpec& spec) {
    std::string unsaid;
    auto assume = [&](const std::string& what) { unsaid += (unsaid.empty() ? "" : ", ") + what; };
    char sigma[32];
    auto number = [&](float value) {
        return std::snprintf(sigma, sizeof sigma, "%g", static_cast<double>(value)), std::string(sigma);
    };
    if (!config.size) assume("frames of " + std::to_string(spec.width) + "x" + std::to_string(spec.height));
    if (!config.denoiser.sigma_data) assume("sigma_data " + number(spec.preconditioning.sigma_data));
    if (!config.denoiser.sigma_offset) assume("sigma_offset_noise " + number(spec.preconditioning.sigma_offset));
    if (unsaid.empty()) return "";
    const bool none = files.agent.empty() && files.env.empty();
    return std::string(none ? "There is no configuration beside the weights"
                            : "The configuration beside the weights does not say all") +
           "; assumed: " + unsaid + ".";
}

void apply(const SamplerConfig& config, SamplerSettings& settings) {
    auto set = [](const auto& said, auto& value) {
        if (said) value = *said;
    };
    set(config.steps, settings.steps);
    set(config.sigma_min, settings.sigma_min), set(config.sigma_max, settings.sigma_max), set(config.rho, settings.rho);
    set(config.s_churn, settings.s_churn), set(config.s_tmin, settings.s_tmin), set(config.s_tmax, settings.s_tmax),
        set(config.s_noise, settings.s_noise);
    if (config.order) settings.solver = *config.order == 2 ? Solver::heun : Solver::euler;
    settings = clamped(settings);
}

struct Read {
    DiamondWorld world;
    TensorMap tensors;  // of the world's networks
};

Read read_all(const DiamondFiles& files, const PictureReader& read_picture) {
    const DiamondConfig config = read_diamond_config(files.agent, files.env);
    TensorMap weights = agent_tensors(files.weights), rest = weights;
    DiamondWorld world;
    WorldSpec& spec = world.spec;
    std::tie(spec.height, spec.width) = config.size.value_or(std::pair(0, 0));
    world.networks = networks_of(rest, spec.width, spec.height, spec.opening_note, files.weights);
    for (const auto& [name, tensor] : rest) weights.erase(name);  // of no network

    const Networks& nets = world.networks;
    spec.diamond = true;
    spec.network = nets.model.config;
    check_config(config.denoiser, spec.network, "denoiser", files.agent);
    spec.preconditioning = preconditioning(config.denoiser, nets.upsampler ? 0.1f : 0.3f);
    if (nets.upsampler) {
        spec.upsampling = config.upsampler.upsampling.value_or(5);
        if (spec.upsampling < 2 || spec.upsampling > 64 || spec.width % spec.upsampling ||
            spec.height % spec.upsampling)
            throw Error(files.agent.empty() ? files.weights : files.agent,
                        "expected an upsampling factor that divides frames of " + std::to_string(spec.width) + "x" +
                            std::to_string(spec.height) + ", found " + std::to_string(spec.upsampling));
        spec.upsampler = preconditioning(config.upsampler, 0.1f);
        check_config(config.upsampler, nets.upsampler->config, "upsampler", files.agent);
    }
    if (spec.network.num_actions > most_actions)
        throw Error(files.weights, "expected a network of at most " + std::to_string(most_actions) +
                                       " actions, found one of " + std::to_string(spec.network.num_actions));
    const bool mouse = spec.network.num_actions == csgo_vector_size;
    // The published env.yaml stands beside all games, whichever it names: what the file is called comes first.
    const std::string game = mouse                  ? "CSGO"
                             : !files.game.empty()  ? files.game
                             : !config.game.empty() ? config.game
                                                    : files.name;
    spec.actions = mouse ? csgo_actions() : ale_actions(game, spec.network.num_actions);
    if (!mouse && spec.width == 64 && spec.height == 64) spec.game = ale_game(game, spec.network.num_actions);
    spec.title = game + ", DIAMOND's";
    spec.training_note =
        files.epoch ? "a training of DIAMOND's, epoch " + std::to_string(*files.epoch) : "DIAMOND's own weights";
    spec.trained.context_noise_max = config.denoiser.noises_context ? 1.0f : 0.0f;
    spec.defaults = diamond_defaults(nets.upsampler.has_value());
    if (!nets.upsampler) apply(config.sampler, spec.defaults);
    if (const std::string note = assumptions(files, config, spec); !note.empty())
        spec.opening_note += (spec.opening_note.empty() ? "" : " ") + note;

    const OpeningShape shape{spec.width,  spec.height, spec.low_width(), spec.low_height(), spec.network.context_frames,
                             spec.actions};
    for (const fs::path& folder : files.spawn)
        if (world.openings.empty()) world.openings = read_spawns(folder, shape, read_picture);
    if (world.openings.empty()) {
        world.openings.push_back(flat(spec));
        spec.warm_up = warm_up_steps;
        spec.opening_note +=
            (spec.opening_note.empty() ? "" : " ") + ("There were no start frames: the opening was invented, by " +
                                                      std::to_string(warm_up_steps) + " steps from flat grey ones.");
    }
    return {std::move(world), std::move(weights)};
}

}  // namespace

SamplerSettings diamond_defaults(bool upsampler) {
    SamplerSettings settings;
    if (!upsampler) return settings;
    settings.steps = 1;
    settings.context_noise = 0.005f;
    SamplerSettings& up = settings.upsampler.emplace_back();
    up.steps = 1;
    up.solver = Solver::heun;
    up.sigma_min = 1;
    up.s_churn = 10;
    up.s_tmin = 1;
    up.s_tmax = 5;
    up.s_noise = 0.9f;
    return settings;
}

DiamondWorld random_diamond(bool csgo) {
    DiamondWorld world;
    WorldSpec& spec = world.spec;
    spec.title = csgo ? "random weights of CSGO's size" : "random weights of Atari's size";
    spec.actions = csgo ? csgo_actions() : ale_actions("", 18);
    spec.defaults = diamond_defaults(csgo);
    spec.upsampling = csgo ? 5 : 1;
    spec.width = csgo ? 280 : 64, spec.height = csgo ? 150 : 64;
    NetworkConfig& network = spec.network;
    set_actions(network, spec.actions);
    network.noise_cond = csgo;
    if (csgo) network.unet = {2048, {128, 256, 512, 1024}, {2, 2, 2, 2}, {false, false, true, true}};
    world.networks.model = InnerModel(network);
    if (csgo) {
        NetworkConfig up;
        up.unet = {2048, {64, 64, 128, 256}, {2, 2, 2, 2}, {false, false, false, true}};
        up.context_frames = 2, up.context_channels = 6;
        up.noise_cond = true;
        world.networks.upsampler = InnerModel(up);
    }
    world.openings.push_back(flat(spec));
    return world;
}

DiamondWorld read_diamond(const DiamondFiles& files, const PictureReader& read_picture) {
    DiamondWorld world = read_all(files, read_picture).world;
    world.spec.weights_hash = file_hash(files.weights);
    return world;
}

void import_diamond(const DiamondFiles& files, const fs::path& folder, const PictureReader& read_picture) {
    if (fs::exists(folder / world_toml)) throw Error(folder, "expected a new folder, found a world in it");
    Read read = read_all(files, read_picture);
    write_diamond_world(folder, read.world.spec, read.tensors, read.world.openings);
}

}  // namespace drift
