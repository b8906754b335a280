// driftlab info: the facts of a world, or of a folder of recorded play.
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cstdio>

#include "core/error.h"
#include "data/data_set.h"
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

void print_data_info(const std::filesystem::path& folder, const std::string& size, bool json) {
    const DataSetReading reading = examine_data_set(folder, size.empty() ? std::nullopt : std::optional(parse_picture_size(size)), Keep::facts);
    const DataSet& data = reading.data;
    std::size_t frames = 0;
    for (std::size_t count : reading.frames) frames += count;
    std::vector<std::size_t> taken(data.actions.entries.size());
    for (const Clip& clip : data.clips)
        for (std::uint8_t action : clip.actions)
            if (action < taken.size()) ++taken[action];
    if (json) {
        nlohmann::json out{{"data", printable(folder.string())}, {"title", printable(data.title)}, {"width", data.width}, {"height", data.height}, {"rate", data.rate}, {"frames", frames},
                           {"notes", reading.notes}, {"problems", reading.problems.sentences()}, {"episodes", nlohmann::json::array()}, {"actions", nlohmann::json::array()}};
        for (std::size_t i = 0; i < data.clips.size(); ++i) out["episodes"].push_back({{"name", printable(data.clips[i].name)}, {"frames", reading.frames[i]}});
        for (std::size_t i = 0; i < taken.size(); ++i) out["actions"].push_back({{"name", printable(data.actions.entries[i].name)}, {"taken", taken[i]}});
        std::printf("%s\n", out.dump(2).c_str());
    } else {
        auto fact = [](const std::string& name, const std::string& value) { std::printf("%-22s %s\n", printable(name).c_str(), printable(value).c_str()); };
        fact("recorded play", data.title);
        if (data.width > 0) fact("picture", fmt::format("{} x {}, {} frames a second", data.width, data.height, data.rate));
        fact("episodes", fmt::format("{}, {} frames in all", data.clips.size(), frames));
        for (std::size_t i = 0; i < data.clips.size(); ++i) fact("episode " + data.clips[i].name, fmt::format("{} frames", reading.frames[i]));
        for (std::size_t i = 0; i < taken.size(); ++i) fact("action " + data.actions.entries[i].name, fmt::format("{} times", taken[i]));
        for (const std::string& note : reading.notes) fact("note", note);
        std::fflush(stdout);
    }
    reading.problems.check(folder);
}

}  // namespace

void add_info(CLI::App& lab) {
    struct Command {
        WorldOptions world;
        std::string what, size;
        bool json = false;
    };
    auto command = std::make_shared<Command>();
    auto* info = lab.add_subcommand("info", "Print a world's facts: network, keys, default settings, how it was trained; or what is in a folder of recorded play, and all that is wrong with it");
    command->world.add(*info);
    info->add_option("what", command->what, "A folder of recorded play, a world's name, its folder or a file of weights")->excludes("--world");
    info->add_option("--size", command->size, "Of recorded play: as if its pictures were made this size, as 64x64");
    info->add_flag("--json", command->json, "Print one JSON object");
    info->callback([command] {
        std::error_code error;
        if (is_data_set(command->what) || (std::filesystem::is_directory(command->what, error) && !is_world(command->what))) return print_data_info(command->what, command->size, command->json);
        if (!command->what.empty()) command->world.world = command->what;
        print_info(command->world, command->json);
    });
}

}  // namespace drift
