// The command line of the player.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "player/gl/difference_view.h"
#include "player/preferences.h"
#include "player/presets.h"

namespace drift {

// What the command line says of computing.
struct SaidCompute {
    std::optional<std::string> device, precision;
    std::optional<int> threads;
};

struct Options {
    std::string world = "bricks";
    std::string guide;  // another world, a worse one, to guide by
    std::uint64_t seed = 0;
    bool one_session = false;  // whatever is opened is for the session in `replay`
    SaidCompute said_compute;
    Compute compute;               // with what the settings page has where nothing is said
    std::optional<Preset> preset;  // over the world's defaults, and below the settings
    std::optional<std::filesystem::path> settings;
    std::vector<std::string> lanes;  // further ones, as "name=value,name=value"
    std::string dock = "none";
    std::optional<std::filesystem::path> script;
    std::uint64_t frames = 0;
    std::optional<std::filesystem::path> screenshot;
    std::optional<std::filesystem::path> record_steps;
    std::optional<std::filesystem::path> record;  // a master, from the opening on
    std::optional<std::filesystem::path> replay;  // a session to watch
    std::string game;                             // the real game, in place of the one that the world names
    bool truth_only = false;                      // nothing is dreamed
    bool paused = false;
    bool truth = false;
    DifferenceView::Mode difference = DifferenceView::Mode::off;
    bool turbo = false;
    bool look_ahead = true;
    double scale = 0;                         // 0: from the display
    std::optional<std::pair<int, int>> size;  // of the window

    // Driven by files: such a run must not depend on what an earlier one left behind, nor leave anything itself.
    bool driven() const { return script || frames > 0; }
};

// What is said on the command line, "auto" too, comes before what was chosen on the settings page.
Compute with_chosen(const SaidCompute& said, const Compute& chosen);

// The options, or the exit code where the program is done (help was asked for: 0; wrong usage: 2).
struct Parsed {
    std::optional<Options> options;
    int exit_code = 0;
};
Parsed parse_options(int argc, char** argv, const std::string& version);  // version: what --version prints

}  // namespace drift
