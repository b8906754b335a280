// Stands in the place of app/player/open_world.cpp in the tests' player: a world without a network or its weights.
#include <chrono>
#include <thread>

#include "fake_world.h"
#include "files/world_files.h"
#include "player/open_world.h"

namespace drift {

void prepare_process(char**) {}

// The path's last name decides: the game that it begins with; "slow" in it takes its time, and one of no game does not open.
std::unique_ptr<Stage> open_world(const Options& options, const std::filesystem::path& file,
                                  const std::filesystem::path&) {
    std::string name = world_name(file.empty() ? std::filesystem::path(options.world) : file);
    if (name.find("slow") != name.npos) std::this_thread::sleep_for(std::chrono::seconds(3));
    for (const std::string& game : game_names())
        if (name.starts_with(game)) return std::make_unique<Stage>(std::make_unique<FakeWorld>(game), make_game(game));
    throw Error(file.empty() ? std::filesystem::path(options.world) : file,
                "expected the name of a game, found \"" + printable(name) + "\"");
}

std::string library_text() { return ""; }
std::string why_on_cpu(const Options&) { return ""; }

}  // namespace drift
