#include "lab/options.h"

#include <cstdio>

#include "core/error.h"
#include "games/policy.h"
#include "data/pictures.h"
#include "session/log/replay.h"

namespace drift {

namespace fs = std::filesystem;

void WorldOptions::add(CLI::App& command) {
    command.add_option("--world", world, "A world's name, or its folder")->capture_default_str();
    command.add_option("--device", load.device, "auto, cpu or cuda")->capture_default_str();
    command.add_option("--cuda-graph", load.cuda_graph, "On a GPU: record a network's work and give it whole (true or false)")->capture_default_str();
    command.add_option("--precision", load.precision, "auto, fp32 or bf16")->capture_default_str();
    command.add_option("--threads", load.threads, "CPU threads of the model; 0: one for each core")->capture_default_str();
}

std::unique_ptr<WorldModel> WorldOptions::open(WorldSpec* spec) const {
    LoadOptions options = load;
    options.read_picture = read_picture;
    return load_world(find_world(world), options, spec);
}

std::unique_ptr<WorldModel> WorldOptions::open_for(const LogHeader& session) const {
    WorldOptions options = *this;
    if (options.world.empty()) options.world = session.world;
    if (options.load.threads == 0) options.load.threads = session.threads;  // sums in another order round otherwise
    auto dream = options.open();
    check_replays(session, dream->info());
    return dream;
}

void SamplerOptions::add(CLI::App& command) {
    for (const SettingField& field : setting_fields()) {
        std::string option = "--" + std::string(field.name);
        std::replace(option.begin(), option.end(), '_', '-');
        command.add_option_function<std::string>(option, [this, &field](const std::string& text) { given.emplace_back(field.name, text); }, field.meaning)
            ->group("Sampler (over the world's defaults)");
    }
    command.add_option_function<std::vector<std::string>>("--upsampler", [this](const std::vector<std::string>& pairs) {
               for (const std::string& pair : pairs) {
                   auto equals = pair.find('=');
                   if (equals == pair.npos) throw CLI::ValidationError("--upsampler: expected NAME=VALUE, found \"" + pair + "\"");
                   given.emplace_back(std::string(upsampler_prefix) + pair.substr(0, equals), pair.substr(equals + 1));
               }
           }, "A setting of the upsampler's sampler, where the world has one: steps=3")
        ->type_name("NAME=VALUE")->group("Sampler (over the world's defaults)");
}

SamplerSettings SamplerOptions::over(SamplerSettings settings) const {
    for (const auto& [name, text] : given) set_setting(settings, name, text);
    std::vector<std::string> notes;
    settings = clamped(settings, &notes);
    for (const auto& note : notes) std::fprintf(stderr, "driftlab: %s\n", note.c_str());
    return settings;
}

fs::path find_world(const std::string& name_or_folder) {
    if (is_world(name_or_folder) || name_or_folder.find('/') != std::string::npos) return name_or_folder;
    for (const char* assets : {DRIFT_SOURCE_ASSETS, DRIFT_INSTALL_ASSETS})
        if (fs::path folder = fs::path(assets) / "worlds" / name_or_folder; fs::exists(folder / "world.toml")) return folder;
    throw Error("world \"" + printable(name_or_folder) + "\": expected a folder with world.toml, DIAMOND's weights or the name of a shipped world, found none of these");
}

std::function<int(const Game&)> make_policy(const std::string& kind, std::uint64_t seed) {
    Policy policy = kind == "demo" ? demo_policy(seed) : kind == "random" ? Policy(seed, 0, 0.5) : kind == "expert" ? Policy(seed, 1, 0) : rollout_policy(seed);
    return [policy](const Game& game) mutable { return policy.act(game); };
}

std::function<std::function<int(const Game&)>(std::uint64_t)> policy_maker(const std::string& kind) {
    if (kind != "rollout" && kind != "demo" && kind != "random" && kind != "expert")
        throw Error("policy: expected rollout, demo, random or expert, found \"" + printable(kind) + "\"");
    return [kind](std::uint64_t seed) { return make_policy(kind, seed); };
}

}  // namespace drift
