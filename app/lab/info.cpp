// driftlab info: the facts of a world, or of a folder of recorded play.
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <cstdio>
#include <string>
#include <vector>

#include "core/error.h"
#include "data/data_set.h"
#include "files/world_files.h"
#include "lab/commands.h"
#include "lab/data_info.h"
#include "lab/options.h"
#include "model/world/world_file.h"

namespace drift {
namespace {

using Json = nlohmann::ordered_json;

// A fact for people, and the same for programs: numbers as numbers.
struct Fact {
    std::string name, text;
    Json value;
};

// 0.002f as 0.002, not as the 0.0020000000949949026 that it is.
double short_number(float value) { return std::stod(fmt::format("{}", value)); }

Json setting_json(const SamplerSettings& settings, const SettingField& field) {
    using enum SettingField::Kind;
    switch (field.kind) {
        case real: return short_number(static_cast<float>(field.get(settings)));
        case integer: return static_cast<int>(field.get(settings));
        case boolean: return field.get(settings) != 0;
        case list: {
            Json sigmas = Json::array();
            for (float sigma : settings.sigma_list) sigmas.push_back(short_number(sigma));
            return sigmas;
        }
        case choice: break;
    }
    return setting_text(settings, field);
}

void add_settings(std::vector<Fact>& facts, const std::string& prefix, const SamplerSettings& settings) {
    for (const SettingField& field : setting_fields())
        facts.push_back({prefix + field.name, setting_text(settings, field), setting_json(settings, field)});
}

std::vector<Fact> facts_of(const WorldModel& world, const WorldSpec& spec) {
    const WorldInfo& info = world.info();
    const auto base = spec.preconditioning.base;
    using enum Preconditioning::Base;
    auto words = [](const char* name, const std::string& text) { return Fact{name, text, text}; };
    auto number = [](const char* name, double value, const std::string& text = "") {
        Json exact = value == std::floor(value) ? Json(static_cast<std::int64_t>(value)) : Json(value);
        return Fact{name, text.empty() ? fmt::format("{:g}", value) : text, exact};
    };
    std::vector<Fact> facts{
        words("world", info.name),
        words("title", info.title),
        {"game", info.game.empty() ? "none: it has no truth to compare with" : info.game,
         info.game.empty() ? Json() : Json(info.game)},
        {"picture",
         fmt::format("{} x {}, {} frames a second", info.width, info.height, info.rate),
         {{"width", info.width}, {"height", info.height}, {"rate", info.rate}}},
        words("network", info.network),
        number("parameters", static_cast<double>(info.parameters),
               fmt::format("{:.2f} million", static_cast<double>(info.parameters) / 1e6)),
        number("context", info.context_frames, fmt::format("{} frames", info.context_frames)),
        words("predicts around", base == previous ? "the previous frame"
                                 : base == moved  ? "the previous frame as it moves it"
                                                  : "zero (DIAMOND's form)"),
        number("sigma_data", short_number(spec.preconditioning.sigma_data)),
        number("sigma_offset", short_number(spec.preconditioning.sigma_offset)),
        words("trained", spec.training_note),
        {"trained sigmas", fmt::format("{:g} to {:g}", info.trained.sigma_min, info.trained.sigma_max),
         Json::array({short_number(info.trained.sigma_min), short_number(info.trained.sigma_max)})},
        number("trained context noise", short_number(info.trained.context_noise_max),
               fmt::format("to {:g}", info.trained.context_noise_max)),
        number("openings", static_cast<double>(world.openings().size())),
        words("weights", info.weights_hash),
        words("device", info.device),
    };
    if (info.low_width > 0)
        facts.push_back({"upsampler",
                         fmt::format("from {} x {}, {} times larger", info.low_width, info.low_height, spec.upsampling),
                         {{"width", info.low_width}, {"height", info.low_height}, {"times", spec.upsampling}}});
    if (info.rewards) facts.push_back(words("reward and end", "a network predicts them"));
    if (info.policy) facts.push_back(words("player of its own", "actor-critic"));
    if (!info.opening_note.empty()) facts.push_back(words("note", info.opening_note));
    for (const auto& action : info.actions.entries)
        facts.push_back({"action " + action.name,
                         action.keys.empty() ? "no key" : fmt::format("{}", fmt::join(action.keys, ", ")),
                         action.keys});
    add_settings(facts, "default ", info.defaults);
    for (const SamplerSettings& upsampler : info.defaults.upsampler)
        add_settings(facts, "default " + std::string(upsampler_prefix), upsampler);
    return facts;
}

void print_info(const WorldOptions& options, bool json) {
    WorldSpec spec;
    auto world = options.open(&spec);
    Json object;
    for (const Fact& fact : facts_of(*world, spec)) {
        if (json) object[fact.name] = fact.value;
        else std::printf("%-28s %s\n", fact.name.c_str(), printable(fact.text).c_str());
    }
    if (json) std::puts(object.dump(-1, ' ', false, Json::error_handler_t::replace).c_str());
}

}  // namespace

void add_info(CLI::App& lab) {
    struct Command {
        WorldOptions world;
        std::string what, size;
        bool json = false;
    };
    auto command = std::make_shared<Command>();
    auto* info = lab.add_subcommand("info",
                                    "Print a world's facts: network, keys, default settings, how it was trained; or "
                                    "what is in a folder of recorded play, and all that is wrong with it");
    command->world.add(*info);
    info->add_option("what", command->what,
                     "A folder of recorded play, a world's name, its folder or a file of weights")
        ->excludes("--world");
    info->add_option("--size", command->size, "Of recorded play: as if its pictures were made this size, as 64x64");
    info->add_flag("--json", command->json, "Print one JSON object");
    info->callback([command] {
        std::error_code error;
        // A name is a world's before it is a folder's here, as for --world.
        const bool named = command->what.find('/') == std::string::npos &&
                           find_world(command->what).value_or(command->what) != command->what;
        if (!named && (is_data_set(command->what) ||
                       (std::filesystem::is_directory(command->what, error) && !is_world(command->what))))
            return print_data_info(command->what, {command->size, command->json, false});
        if (!command->what.empty()) command->world.world = command->what;
        print_info(command->world, command->json);
    });
}

}  // namespace drift
