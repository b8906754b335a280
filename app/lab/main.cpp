// driftlab: the engine without a display. Exit codes: 0 done, 1 failed and said why, 2 wrong usage.
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <cstdio>

#include "core/error.h"
#include "lab/commands.h"
#include "model/load.h"

int main(int argc, char** argv) {
    drift::wait_without_spinning(argv);
    spdlog::set_default_logger(spdlog::stderr_color_mt("driftlab"));
    spdlog::set_pattern("%v");

    CLI::App lab("driftlab: train, measure and render worlds of Driftscope without a display.");
    lab.require_subcommand(1);
    lab.set_help_all_flag("--help-all", "Help of all subcommands");
    drift::add_train(lab);
    drift::add_eval(lab);
    drift::add_sweep(lab);
    drift::add_replay(lab);
    drift::add_export(lab);
    drift::add_info(lab);
    drift::add_import(lab);
    drift::add_bench(lab);
#ifdef DRIFT_MEDIA
    drift::add_render(lab);
#endif
    try {
        lab.parse(argc, argv);
        return 0;
    } catch (const CLI::Success& e) {
        return lab.exit(e);
    } catch (const CLI::ParseError& e) {
        lab.exit(e);
        return 2;
    } catch (const drift::Error& e) {
        std::fprintf(stderr, "driftlab: %s\n", e.what());
        return 1;
    } catch (const std::exception& e) {
        std::fprintf(stderr, "driftlab: %s\n", e.what());
        return 1;
    }
}
