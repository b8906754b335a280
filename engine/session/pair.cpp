#include "session/pair.h"

#include <string>

#include "core/error.h"

namespace drift {

void check_pair(const WorldInfo& world, const GameInfo& game) {
    auto refuse = [&](const std::string& what, const std::string& expected, const std::string& found) {
        throw Error("world " + world.name + ": its game " + game.name + " has " + what + " " + found + ", the world " +
                    expected);
    };
    auto size = [](int width, int height) { return std::to_string(width) + "x" + std::to_string(height); };
    auto names = [](const ActionSpace& actions) {
        std::string all;
        for (int i = 0; i < actions.size(); ++i)
            all += (all.empty() ? "" : ", ") + printable(actions.entries[static_cast<std::size_t>(i)].name);
        return all;
    };
    if (world.width != game.width || world.height != game.height)
        refuse("frames of", size(world.width, world.height), size(game.width, game.height));
    if (names(world.actions) != names(game.actions)) refuse("the actions", names(world.actions), names(game.actions));
}

}  // namespace drift
