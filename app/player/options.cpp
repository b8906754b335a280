#include "player/options.h"

#include <cstdio>

#include <CLI/CLI.hpp>

#include "core/error.h"
#include "core/names.h"
#include "data/data_set.h"
#include "data/recorded_play.h"
#include "files/whole_number.h"
#include "player/files/preset_files.h"

namespace drift {

Compute with_chosen(const SaidCompute& said, const Compute& chosen) {
    return {said.device.value_or(chosen.device), said.precision.value_or(chosen.precision),
            said.threads.value_or(chosen.threads)};
}

Parsed parse_options(int argc, char** argv, const std::string& version) {
    Options options;
    CLI::App app{
        "driftscope: play a game that a diffusion network imagines, and turn its sampler while you play. F1 lists the "
        "keys."};
    app.set_version_flag("--version", version, "Print the version, the commit and the libraries, and end");
    app.option_defaults()->always_capture_default();
    std::filesystem::path settings, script, screenshot, record, master, replay;
    auto* world_option =
        app.add_option(
               "--world", options.world,
               "A shipped world's name or one of yours, or the path of any other: its folder, or a file of weights")
            ->type_name("NAME|PATH");
    app.add_option("--guide", options.guide,
                   "Another world of the same frames and actions, a worse one, for the slider Autoguidance")
        ->type_name("NAME|PATH");
    app.add_option("--seed", options.seed, "Seed of the first episode")->check(is_whole());
    app.add_option("--device", options.said_compute.device, "Where the network runs; else as the settings page says")
        ->check(CLI::IsMember({"auto", "cpu", "cuda"}));
    app.add_option("--precision", options.said_compute.precision,
                   "Numbers of the network: what is fastest on the device, 32-bit floats, bfloat16, or half floats")
        ->check(CLI::IsMember({"auto", "fp32", "bf16", "fp16"}));
    app.add_option("--threads", options.said_compute.threads,
                   "CPU threads of the network; 0: one for each core but one, and two on two cores")
        ->check(CLI::Range(0, Compute::most_threads));
    app.add_option("--lane", options.lanes,
                   "One more dream beside the first, with these settings: \"start_scale=5,steps=1\"; up to three")
        ->type_name("NAME=VALUE,...")
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
        ->always_capture_default(false);
    app.add_option("--dock", options.dock,
                   "Begin with plots of the drift, the film strip or a fan of futures below the pictures")
        ->check(CLI::IsMember({"none", "drift", "film", "futures"}));
    std::string preset, difference = "off";
    auto* preset_option =
        app.add_option("--preset", preset, "A preset, built in or your own, over the world's defaults")
            ->type_name("NAME|FILE");
    auto* settings_option = app.add_option("--settings", settings,
                                           "Sampler settings: a TOML file of names and values; over those of a preset")
                                ->type_name("FILE");
    auto* script_option =
        app.add_option("--script", script,
                       "Keys by frame: lines like \"12 press Left\", \"20 release Left\", \"30 tap Right\"")
            ->type_name("FILE");
    app.add_option("--frames", options.frames, "End after so many frames; 0: never")->type_name("N")->check(is_whole());
    auto* screenshot_option =
        app.add_option("--screenshot", screenshot, "Save a picture of the window at the end")->type_name("PNG");
    auto* record_option = app.add_option("--record-steps", record,
                                         "Write each frame's action, settings and objects as a line of a table (TSV)")
                              ->type_name("FILE");
    auto* master_option =
        app.add_option("--record", master, "Record without loss from the opening on")->type_name("MKV");
    auto* replay_option =
        app.add_option("--replay", replay,
                       "Watch a session (a log, a recording beside its log, or an MP4 of ours), or a folder of "
                       "recorded play, with --world beside its dream; or go on from the moment in a picture of ours")
            ->type_name("FILE")
            ->check(CLI::ExistingPath)
            ->check([](const std::string& file) {
                const std::string ending = ending_of(file);
                if (std::filesystem::is_directory(file))
                    return is_data_set(file) ? std::string()
                                             : "expected a file, or a folder of recorded play with its data.toml, "
                                               "found another folder";
                for (const char* known : {".driftlog", ".mkv", ".mp4", ".png"})
                    if (ending == known) return std::string();
                return "expected a session (.driftlog), a recording (.mkv), a video or a picture of ours (.mp4, .png), "
                       "found " +
                       printable(file);
            });
    app.add_option("--game", options.game,
                   "The real game beside the dream, in place of the one that the world names; with --truth-only alone: "
                   "bricks, ale/Breakout, a name of `driftlab game list`")
        ->type_name("NAME");
    app.add_flag("--truth-only", options.truth_only,
                 "Play the real game of the world, or of that name; nothing is dreamed");
    app.add_flag("--paused", options.paused, "Begin paused, on the opening");
    app.add_flag("--truth", options.truth, "Begin with the real game beside the dream");
    std::vector<std::string> modes;
    for (const DifferenceMode& mode : difference_modes()) modes.push_back(mode.option);
    app.add_option("--difference", difference, "Begin with how the dream differs from the truth in its place")
        ->check(CLI::IsMember(modes));
    app.add_flag("!--no-look-ahead", options.look_ahead, "Begin each frame when it is due, not before");
    app.add_flag("--turbo", options.turbo, "Begin as fast as the network goes");
    app.add_option("--scale", options.scale, "Size of text and panels: 1, 1.5, 2 ...; 0 asks the display")
        ->check(CLI::Range(0.0, 4.0));
    std::pair<int, int> size;
    auto* size_option =
        app.add_option("--size", size, "Width and height of the window")->type_name("W H")->check(CLI::Range(1, 16384));
    size_option->always_capture_default(false);
    try {
        app.parse(argc, argv);
        if (*preset_option) options.preset = named_preset(preset, preset_folder());
    } catch (const CLI::ParseError& error) {
        return {std::nullopt, app.exit(error) == 0 ? 0 : 2};
    } catch (const Error& error) {
        std::fprintf(stderr, "driftscope: %s\n", error.what());
        return {std::nullopt, 2};
    }
    for (const DifferenceMode& mode : difference_modes())
        if (difference == mode.option) options.difference = mode.mode;
    if (options.scale != 0 && options.scale < 0.5) options.scale = 0.5;
    if (*settings_option) options.settings = settings;
    if (*script_option) options.script = script;
    if (*screenshot_option) options.screenshot = screenshot;
    if (*master_option) options.record = master;
    if (*replay_option) options.replay = replay;
    if (options.replay && is_data_set(*options.replay)) {  // beside the world where one is named, else alone
        options.game = recorded_name(*options.replay);
        options.truth_only = options.truth_only || world_option->count() == 0;
        options.replay.reset();
    }
    if (*record_option) options.record_steps = record;
    if (*size_option) options.size = size;
    return {options, 0};
}

}  // namespace drift
