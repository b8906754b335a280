#include "games/list.h"

#include "core/error.h"
#include "games/bricks.h"
#include "games/maze.h"
#include "games/rover.h"

namespace drift {
namespace {

struct Entry {
    const char* name;
    std::unique_ptr<Game> (*make)();
};

const Entry games[] = {
    {"bricks", [] { return std::unique_ptr<Game>(new Bricks); }},
    {"maze", [] { return std::unique_ptr<Game>(new Maze); }},
    {"rover", [] { return std::unique_ptr<Game>(new Rover); }},
};

}  // namespace

std::vector<std::string> game_names() {
    std::vector<std::string> names;
    for (const Entry& entry : games) names.emplace_back(entry.name);
    return names;
}

std::unique_ptr<Game> make_game(std::string_view name) {
    std::string known;
    for (const Entry& entry : games) {
        if (name == entry.name) return entry.make();
        known += (known.empty() ? "" : ", ") + std::string(entry.name);
    }
    throw Error("game \"" + printable(name) + "\": there is none of that name; known: " + known);
}

}  // namespace drift
