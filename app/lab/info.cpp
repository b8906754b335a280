// driftlab info: the facts of a world.
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cstdio>

#include "lab/commands.h"
#include "lab/options.h"
#include "model/world/world_file.h"

namespace drift {
namespace {

void print_info(const WorldOptions& options, bool json) {
    WorldSpec spec;
    auto world = options.open(&spec);
    const WorldInfo& info = world->info();
    std::vector<std::pair<std::string, std::string>> facts{
        {"world", info.name},
        {"title", info.title},
        {"game", info.game.empty() ? "none: plays without the truth" : info.game},
        {"picture", fmt::format("{} x {}, {} steps a second", info.width, info.height, info.rate)},
        {"network", info.network},
        {"parameters", fmt::format("{:.2f} million", info.parameters / 1e6)},
        {"context", fmt::format("{} frames", info.context_frames)},
        {"predicts around", spec.preconditioning.base == Preconditioning::Base::previous ? "the previous frame" : spec.preconditioning.base == Preconditioning::Base::moved ? "the previous frame as it moves it" : "zero (DIAMOND's form)"},
        {"sigma_data", fmt::format("{:g}", spec.preconditioning.sigma_data)},
        {"sigma_offset", fmt::format("{:g}", spec.preconditioning.sigma_offset)},
        {"trained", spec.training_note},
        {"trained sigmas", fmt::format("{:g} to {:g}", info.trained.sigma_min, info.trained.sigma_max)},
        {"trained context noise", fmt::format("to {:g}", info.trained.context_noise_max)},
        {"openings", std::to_string(world->openings().size())},
        {"weights", info.weights_hash},
        {"device", info.device},
    };
    if (info.low_width > 0) facts.emplace_back("upsampler", fmt::format("from {} x {}, {} times larger", info.low_width, info.low_height, spec.upsampling));
    if (info.rewards) facts.emplace_back("reward and end", "a network says them");
    if (info.policy) facts.emplace_back("player of its own", "actor-critic");
    if (!info.opening_note.empty()) facts.emplace_back("note", info.opening_note);
    for (const auto& action : info.actions.entries) {
        std::string keys;
        for (const auto& key : action.keys) keys += (keys.empty() ? "" : ", ") + key;
        facts.emplace_back("action " + action.name, keys.empty() ? "no key" : keys);
    }
    for (const auto& [name, value] : setting_pairs(info.defaults)) facts.emplace_back("default " + name, value);
    nlohmann::ordered_json object;
    for (const auto& [name, value] : facts) {
        if (json) object[name] = value;
        else std::printf("%-28s %s\n", name.c_str(), value.c_str());
    }
    if (json) std::puts(object.dump().c_str());
}

}  // namespace

void add_info(CLI::App& lab) {
    struct Command {
        WorldOptions world;
        bool json = false;
    };
    auto command = std::make_shared<Command>();
    auto* info = lab.add_subcommand("info", "Print a world's facts: network, keys, default settings, how it was trained");
    command->world.add(*info);
    info->add_flag("--json", command->json, "Print one JSON object");
    info->callback([command] { print_info(command->world, command->json); });
}

}  // namespace drift
