// driftscope, the player: a window, the keyboard, and a dream that follows.
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <cstdio>
#include <exception>

#include "core/version.h"
#include "player/app.h"
#include "player/open_world.h"

int main(int argc, char** argv) {
    drift::prepare_process(argv);
    drift::Parsed parsed =
        drift::parse_options(argc, argv, "driftscope " + drift::build_name() + "\n" + drift::library_text());
    if (!parsed.options) return parsed.exit_code;
    spdlog::set_default_logger(spdlog::stderr_color_mt("driftscope"));
    spdlog::set_pattern("%n: %v");
    try {
        return drift::App(*parsed.options).run();
    } catch (const std::exception& error) {
        std::fprintf(stderr, "driftscope: %s\n", error.what());
        return 1;
    }
}
