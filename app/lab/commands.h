// The subcommands of driftlab: each adds itself to the command line and runs when it was chosen.
#pragma once

#include <CLI/CLI.hpp>

namespace drift {

void add_train(CLI::App& lab);
void add_eval(CLI::App& lab);
void add_check(CLI::App& lab);
void add_sweep(CLI::App& lab);
void add_replay(CLI::App& lab);
void add_export(CLI::App& lab);
void add_info(CLI::App& lab);
void add_import(CLI::App& lab);
void add_average(CLI::App& lab);
void add_data(CLI::App& lab);
void add_bench(CLI::App& lab);
void add_rollout(CLI::App& lab);
void add_game(CLI::App& lab);
void add_render(CLI::App& lab);   // where media is built in
void add_capture(CLI::App& lab);  // where X11 is too

}  // namespace drift
