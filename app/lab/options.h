// Options that several subcommands share.
#pragma once

#include <CLI/CLI.hpp>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/error.h"
#include "core/game.h"
#include "core/world_model.h"
#include "files/whole_number.h"
#include "model/load.h"

namespace drift {

struct LogHeader;

// --world, --guide, --device, --precision, --cpu, --threads.
struct WorldOptions {
    std::string world = "bricks", guide;
    LoadOptions load;
    void add(CLI::App& command);
    std::unique_ptr<WorldModel> open(WorldSpec* spec = nullptr) const;  // spec: as load_world() fills it
    // The world of that session where none is named, with its number of threads where none is said. Throws Error where the session is of another one.
    std::unique_ptr<WorldModel> open_for(const LogHeader& session, bool recorded = false) const;
};

// One option for each sampler setting ("--start-scale"), over the world's defaults.
struct SamplerOptions {
    std::vector<std::pair<std::string, std::string>> given;
    void add(CLI::App& command);
    SamplerSettings over(SamplerSettings defaults) const;  // clamped; each clamp is said on stderr
};

// For an option that names a file to write: its name must end so (".mp4", in any case), or it is wrong usage.
CLI::Validator ends_in(const std::string& ending);

// For an option that is read by that function, which throws Error: what it cannot read is wrong usage.
template <class Read>
CLI::Validator is_read_by(Read read) {
    return CLI::Validator(
        [read](const std::string& text) {
            try {
                read(text);
                return std::string();
            } catch (const Error& error) {
                return std::string(error.what());
            }
        },
        "");
}
// A sampler setting with its value, "steps=3".
void read_setting(const std::string& pair);
// Wrong usage where an option was given that is not one of these: beside `mode` ("--merge") it changes nothing.
void expect_only(const CLI::App& command, const std::string& mode, const std::vector<std::string>& allowed);

// Made legal; what was changed is said on stderr.
SamplerSettings made_legal(SamplerSettings settings);
// Says so where guidance by a worse network is asked for (by any of what is dreamed) and there is none, or the other way about.
void say_unguided(bool asked, const WorldInfo& world);
inline bool asks_guidance(const SamplerSettings& settings) { return settings.auto_guidance != 1; }

// --policy: one of those that play a real game.
CLI::Validator is_policy(bool or_actor = false);
// The real game of a world that is dreamed; null where it has none, or it is not there, which is said.
std::unique_ptr<Game> truth_of(const WorldInfo& world);
// `kind`: one of those that is_policy() takes; "rollout" is the training's mix.
std::function<int(const Game&)> make_policy(const std::string& kind, std::uint64_t seed);
std::function<std::function<int(const Game&)>(std::uint64_t)> policy_maker(const std::string& kind);

}  // namespace drift
