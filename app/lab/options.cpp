#include "lab/options.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <mutex>

#include "core/error.h"
#include "data/pictures.h"
#include "data/recorded_play.h"
#include "files/world_files.h"
#include "games/list.h"
#include "games/policy.h"
#include "session/log/replay.h"

namespace drift {

void WorldOptions::add(CLI::App& command) {
    command.add_option("--world", world, "A world's name (shipped or yours), or the path of one")
        ->capture_default_str();
    command.add_option("--guide", guide,
                       "Another world of the same frames and actions, a worse one, for --auto-guidance");
    command.add_option("--device", load.device, "Where the network runs")
        ->check(CLI::IsMember({"auto", "cpu", "cuda"}))
        ->capture_default_str();
    command
        .add_option("--cuda-graph", load.cuda_graph,
                    "On a GPU: record a network's work once and replay it (true or false)")
        ->capture_default_str();
    command.add_option("--precision", load.precision, "Of the network's numbers; auto: the fastest here")
        ->check(CLI::IsMember({"auto", "fp32", "bf16", "fp16"}))
        ->capture_default_str();
    command
        .add_option("--cpu", load.cpu, "CPU code of the network; auto: the best one; plain: without our own kernels")
        ->check(CLI::IsMember({"auto", "avx2", "avx512", "plain"}))
        ->capture_default_str();
    command.add_option("--threads", load.threads, "CPU threads of the model; 0: one for each core")
        ->check(CLI::Range(0, 1024))
        ->capture_default_str();
}

std::unique_ptr<WorldModel> WorldOptions::open(WorldSpec* spec) const {
    LoadOptions options = load;
    options.read_picture = read_picture;
    if (!guide.empty()) options.guide = world_named(guide);
    return load_world(world_named(world), options, spec);
}

std::unique_ptr<WorldModel> WorldOptions::open_for(const LogHeader& session, bool recorded) const {
    WorldOptions options = *this;
    if (options.world.empty()) {
        if (!find_world(session.world))
            throw Error("session: it was played in the world \"" + printable(session.world) +
                        "\", which is not found by that name; --world FOLDER says where it lies");
        options.world = session.world;
    }
    if (options.load.threads == 0) options.load.threads = session.threads;  // sums in another order round otherwise
    auto dream = options.open();
    WorldInfo info = dream->info();
    if (names_recorded_play(session.game)) info.game = session.game;  // it stands beside any world of its actions
    check_replays(session, info, recorded);
    return dream;
}

namespace {

// What a setting takes, for --help.
std::string kind_text(const SettingField& field) {
    using enum SettingField::Kind;
    std::string text;
    switch (field.kind) {
        case choice:
            for (const char* name : field.choices) text += (text.empty() ? "{" : ",") + std::string(name);
            return text + "}";
        case boolean: return "{true,false}";
        case integer: return fmt::format("INT in [{:g} - {:g}]", field.low, field.high);
        case real: return fmt::format("FLOAT in [{:g} - {:g}]", field.low, field.high);
        case list: return "\"5 0.3 0.002\"";
    }
    return text;
}

// Real numbers are clamped, and that is said; but no number of steps is near to none.
void expect_legal(const SettingField& field, const std::string& option, const std::string& text) {
    SamplerSettings probe;
    try {
        set_setting(probe, field.name, text);
    } catch (const Error& error) {
        throw CLI::ValidationError(option, error.what());
    }
    if (field.kind != SettingField::Kind::integer) return;
    if (double value = field.get(probe); value < field.low || value > field.high)
        throw CLI::ValidationError(
            option, fmt::format("expected {:g} to {:g}, found {}", field.low, field.high, printable(text)));
}

}  // namespace

void SamplerOptions::add(CLI::App& command) {
    for (const SettingField& field : setting_fields()) {
        std::string option = "--" + std::string(field.name);
        std::replace(option.begin(), option.end(), '_', '-');
        command
            .add_option_function<std::string>(
                option,
                [this, &field, option](const std::string& text) {
                    expect_legal(field, option, text);
                    given.emplace_back(field.name, text);
                },
                field.meaning)
            ->type_name(kind_text(field))
            ->group("Sampler (over the world's defaults)");
    }
    command
        .add_option_function<std::vector<std::string>>(
            "--upsampler",
            [this](const std::vector<std::string>& pairs) {
                for (const std::string& pair : pairs) {
                    auto equals = pair.find('=');
                    if (equals == pair.npos)
                        throw CLI::ValidationError("--upsampler: expected NAME=VALUE, found \"" + pair + "\"");
                    const SettingField* field = find_setting(pair.substr(0, equals));
                    if (!field)
                        throw CLI::ValidationError("--upsampler: expected a setting's name, found \"" +
                                                   printable(pair.substr(0, equals)) + "\"");
                    expect_legal(*field, "--upsampler", pair.substr(equals + 1));
                    given.emplace_back(std::string(upsampler_prefix) + pair.substr(0, equals), pair.substr(equals + 1));
                }
            },
            "A setting of the upsampler's sampler, where the world has one: steps=3")
        ->type_name("NAME=VALUE")
        ->group("Sampler (over the world's defaults)");
}

SamplerSettings SamplerOptions::over(SamplerSettings settings) const {
    for (const auto& [name, text] : given) set_setting(settings, name, text);
    return made_legal(settings);
}

void read_setting(const std::string& pair) {
    SamplerSettings probe;
    probe.upsampler.emplace_back();  // settings of one are named whether the world has one or not
    const auto equals = pair.find('=');
    set_setting(probe, pair.substr(0, equals), equals == pair.npos ? "" : pair.substr(equals + 1));
}

void expect_only(const CLI::App& command, const std::string& mode, const std::vector<std::string>& allowed) {
    for (const CLI::Option* option : command.get_options()) {
        const std::string name = option->get_name();
        if (option->count() > 0 && name != mode && std::find(allowed.begin(), allowed.end(), name) == allowed.end())
            throw CLI::ValidationError(name + " changes nothing " + (mode.starts_with("--") ? "with " : "") + mode);
    }
}

SamplerSettings made_legal(SamplerSettings settings) {
    std::vector<std::string> notes;
    settings = clamped(settings, &notes);
    for (const auto& note : notes) std::fprintf(stderr, "driftlab: %s\n", note.c_str());
    return settings;
}

void say_unguided(bool asked, const WorldInfo& world) {
    if (asked && !world.trained.guide)
        std::fputs("driftlab: auto_guidance changes nothing without a worse network to guide by: --guide names one\n",
                   stderr);
    if (!asked && world.trained.guide) std::fputs("driftlab: --guide changes nothing at auto_guidance 1\n", stderr);
}

namespace {
std::vector<std::string> policy_names() { return {"sticky", "random", "rollout", "resting", "demo", "expert"}; }
}  // namespace

CLI::Validator ends_in(const std::string& ending) {
    return CLI::Validator(
        [ending](std::string& file) {
            std::string end = file.substr(file.size() - std::min(file.size(), ending.size()));
            std::transform(end.begin(), end.end(), end.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
            return end == ending ? std::string()
                                 : "expected the name of a file that ends in " + ending + ", found " + shown_name(file);
        },
        "FILE" + ending);
}

CLI::Validator is_policy(bool or_actor) {
    std::vector<std::string> names = policy_names();
    if (or_actor) names.push_back("actor");
    return CLI::IsMember(names);
}

std::unique_ptr<Game> truth_of(const WorldInfo& world) {
    if (world.game.empty()) return nullptr;
    try {
        return make_game(world.game);
    } catch (const Error& error) {
        const std::string why = why_no_game(world.game);
        std::fprintf(stderr, "driftlab: %s\n", why.empty() ? error.what() : why.c_str());
        return nullptr;
    }
}

namespace {

void say_unskilled(const std::string& policy, const std::string& game) {
    static std::once_flag said;
    std::call_once(said, [&] {
        std::fprintf(stderr, "driftlab: %s has no player of its own: with --policy %s its keys are random\n",
                     printable(game).c_str(), policy.c_str());
    });
}

}  // namespace

std::function<int(const Game&)> make_policy(const std::string& kind, std::uint64_t seed) {
    Policy policy = kind == "demo"      ? demo_policy(seed)
                    : kind == "random"  ? Policy(seed, 0, 0.5)
                    : kind == "sticky"  ? sticky_policy(seed)
                    : kind == "expert"  ? Policy(seed, 1, 0)
                    : kind == "resting" ? resting_policy(seed)
                                        : rollout_policy(seed);
    const bool skilled = kind == "demo" || kind == "expert";
    return [policy, kind, skilled, tries = 0](const Game& game) mutable {
        constexpr int enough = 20;  // a player that knows nothing in all of these knows nothing at all
        if (skilled && tries < enough) {
            const bool knows = game.expert_action().has_value();
            tries = knows ? enough : tries + 1;
            if (!knows && tries == enough) say_unskilled(kind, game.info().name);
        }
        return policy.act(game);
    };
}

std::function<std::function<int(const Game&)>(std::uint64_t)> policy_maker(const std::string& kind) {
    const auto names = policy_names();
    if (std::find(names.begin(), names.end(), kind) == names.end())
        throw Error(fmt::format("policy: expected one of {}, found \"{}\"", fmt::join(names, ", "), printable(kind)));
    return [kind](std::uint64_t seed) { return make_policy(kind, seed); };
}

}  // namespace drift
