// driftlab: the engine without a display. Exit codes: 0 done, 1 failed and said why, 2 wrong usage.
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <cstdio>
#include <string>
#include <vector>

#include "core/error.h"
#include "core/nearest.h"
#include "core/version.h"
#include "lab/commands.h"
#include "model/load.h"

namespace {

// What is said of a word that is in a subcommand's place and is none; empty where there is nothing to say.
std::string wrong_subcommand(const CLI::App& lab, int argc, char** argv) {
    if (argc < 2 || argv[1][0] == '-') return "";
    std::vector<std::string> names;
    std::string all;
    for (const CLI::App* sub : lab.get_subcommands([](const CLI::App*) { return true; })) {
        if (sub->get_name() == argv[1]) return wrong_subcommand(*sub, argc - 1, argv + 1);
        names.push_back(sub->get_name());
        all += (all.empty() ? "" : ", ") + sub->get_name();
    }
    if (names.empty()) return "";
    return "expected one of the subcommands " + all + ", found " + drift::shown_name(argv[1]) +
           drift::did_you_mean(argv[1], names);
}

}  // namespace

int main(int argc, char** argv) {
    drift::wait_without_spinning(argv, drift::Beside::nothing);
    spdlog::set_default_logger(spdlog::stderr_color_mt("driftlab"));
    spdlog::set_pattern("%v");

    CLI::App lab("driftlab: train, measure and render worlds of Driftscope without a display.");
    lab.require_subcommand(1);
    lab.set_version_flag("--version", "driftlab " + drift::build_name() + "\n" + drift::library_text(),
                         "Print the version, the commit and the libraries, and end");
    lab.set_help_all_flag("--help-all", "Help of all subcommands");
    drift::add_train(lab);
    drift::add_eval(lab);
    drift::add_check(lab);
    drift::add_sweep(lab);
    drift::add_replay(lab);
    drift::add_export(lab);
    drift::add_info(lab);
    drift::add_import(lab);
    drift::add_average(lab);
    drift::add_data(lab);
    drift::add_bench(lab);
    drift::add_rollout(lab);
    drift::add_game(lab);
#ifdef DRIFT_MEDIA
    drift::add_render(lab);
#endif
#ifdef DRIFT_CAPTURE
    drift::add_capture(lab);
#endif
    if (std::string wrong = wrong_subcommand(lab, argc, argv); !wrong.empty()) {
        std::fprintf(stderr, "driftlab: %s\n", wrong.c_str());
        return 2;
    }
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
