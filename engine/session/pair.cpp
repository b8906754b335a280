#include "session/pair.h"

#include "core/error.h"

namespace drift {

void check_pair(const WorldInfo& world, const GameInfo& game) {
    check_pair("world " + world.name, "the world", world.width, world.height, world.actions, game);
}

void check_pair(const std::string& who, const std::string& what, int width, int height, const ActionSpace& actions,
                const GameInfo& game) {
    auto refuse = [&](const std::string& part, const std::string& expected, const std::string& found) {
        throw Error(who + ": the game " + game.name + " has " + part + " " + found + ", " + what + " " + expected);
    };
    auto size = [](int across, int down) { return std::to_string(across) + "x" + std::to_string(down); };
    auto names = [](const ActionSpace& space) {
        std::string all;
        for (int i = 0; i < space.size(); ++i)
            all += (all.empty() ? "" : ", ") + printable(space.entries[static_cast<std::size_t>(i)].name);
        return all;
    };
    if (width != game.width || height != game.height)
        refuse("frames of", size(width, height), size(game.width, game.height));
    if (names(actions) != names(game.actions)) refuse("the actions", names(actions), names(game.actions));
}

}  // namespace drift
