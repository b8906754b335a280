#include "games/list.h"

#include <chrono>

#include "core/error.h"
#include "games/bricks.h"
#include "games/maze.h"
#include "games/outside/child.h"
#include "games/rover.h"
#include "games/skeet.h"

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
    {"skeet", [] { return std::unique_ptr<Game>(new Skeet); }},
};

}  // namespace

std::vector<std::string> game_names() {
    std::vector<std::string> names;
    for (const Entry& entry : games) names.emplace_back(entry.name);
    return names;
}

void leave_games() { outside::end_patience(std::chrono::seconds(1)); }

bool is_own_game(std::string_view name) {
    for (const Entry& entry : games)
        if (name == entry.name) return true;
    return false;
}

std::unique_ptr<Game> make_game(std::string_view name, NamedBy by) {
    for (const Entry& entry : games)
        if (name == entry.name) return entry.make();
    try {
        return std::make_unique<OutsideGame>(find_game(name, by));
    } catch (const UnknownGame& error) {
        std::string known;
        for (const std::string& own : game_names()) known += (known.empty() ? "" : ", ") + own;
        for (const OutsideProgram& listed : listed_games().programs) known += ", " + printable(listed.name);
        throw Error(std::string(error.what()) + "; known: " + known +
                    " (all of them: `driftlab game list`; `driftlab game add` makes another known)");
    }
}

std::string why_no_game(std::string_view name) {
    if (name.empty() || is_own_game(name)) return "";
    try {
        find_game(name, NamedBy::file);
        return "";
    } catch (const Error& error) {
        return "This world's game is " + printable(std::string(name)) + ". To see it beside the dream: " + error.what();
    }
}

}  // namespace drift
