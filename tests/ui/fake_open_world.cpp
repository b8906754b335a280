// Stands in the place of app/player/open_world.cpp in the tests' player: a world without a network or its weights.
#include "fake_world.h"
#include "player/open_world.h"

namespace drift {

void prepare_process(char**) {}

std::unique_ptr<Stage> open_world(const Options&) {
    return std::make_unique<Stage>(std::make_unique<FakeWorld>("bricks"), make_game("bricks"));
}

std::string why_on_cpu(const Options&) { return ""; }

}  // namespace drift
