#include "model/world/ale_actions.h"

#include <array>
#include <span>
#include <string>
#include <vector>

namespace drift {
namespace {

constexpr std::array<const char*, 18> names = {"noop",
                                               "fire",
                                               "up",
                                               "right",
                                               "left",
                                               "down",
                                               "up right",
                                               "up left",
                                               "down right",
                                               "down left",
                                               "up fire",
                                               "right fire",
                                               "left fire",
                                               "down fire",
                                               "up right fire",
                                               "up left fire",
                                               "down right fire",
                                               "down left fire"};
enum : int {
    noop,
    fire,
    up,
    right,
    left,
    down,
    upright,
    upleft,
    downright,
    downleft,
    upfire,
    rightfire,
    leftfire,
    downfire,
    uprightfire,
    upleftfire,
    downrightfire,
    downleftfire
};

struct MinimalSet {
    std::string_view game;
    std::vector<int> actions;  // empty: all 18
};

const std::vector<MinimalSet>& minimal_sets() {
    static const std::vector<int> directions = {noop, up, right, left, down, upright, upleft, downright, downleft};
    static const std::vector<MinimalSet> sets = {
        {"Alien", {}},
        {"Amidar", {noop, fire, up, right, left, down, upfire, rightfire, leftfire, downfire}},
        {"Assault", {noop, fire, up, right, left, rightfire, leftfire}},
        {"Asterix", directions},
        {"BankHeist", {}},
        {"BattleZone", {}},
        {"Boxing", {}},
        {"Breakout", {noop, fire, right, left}},
        {"ChopperCommand", {}},
        {"CrazyClimber", directions},
        {"DemonAttack", {noop, fire, right, left, rightfire, leftfire}},
        {"Freeway", {noop, up, down}},
        {"Frostbite", {}},
        {"Gopher", {noop, fire, up, right, left, upfire, rightfire, leftfire}},
        {"Hero", {}},
        {"Jamesbond", {}},
        {"Kangaroo", {}},
        {"Krull", {}},
        {"KungFuMaster",
         {noop, up, right, left, down, downright, downleft, rightfire, leftfire, downfire, uprightfire, upleftfire,
          downrightfire, downleftfire}},
        {"MsPacman", directions},
        {"Pong", {noop, fire, right, left, rightfire, leftfire}},
        {"PrivateEye", {}},
        {"Qbert", {noop, fire, up, right, left, down}},
        {"RoadRunner", {}},
        {"Seaquest", {}},
        {"UpNDown", {noop, fire, up, down, upfire, downfire}},
    };
    return sets;
}

std::vector<std::string> keys_of(int action) {
    switch (action) {
        case fire: return {"Space"};
        case up: return {"Up", "W"};
        case right: return {"Right", "D"};
        case left: return {"Left", "A"};
        case down: return {"Down", "S"};
        default: return {};
    }
}

ActionSpace numbered(int count) {
    ActionSpace actions;
    for (int i = 0; i < count; ++i) {
        auto& entry = actions.entries.emplace_back();
        entry.name = i == 0 ? "noop" : "action " + std::to_string(i);
        if (i >= 1 && i <= 9) entry.keys = {std::to_string(i)};
    }
    return actions;
}

ActionSpace joystick(std::span<const int> meanings) {
    ActionSpace actions;
    actions.kind = ActionSpace::Kind::joystick;
    bool shoots = false, has_button = false;
    for (int meaning : meanings) {
        std::string name = names[static_cast<std::size_t>(meaning)];
        actions.entries.push_back({name, keys_of(meaning)});
        has_button |= meaning == fire;
        shoots |= name.find("fire") != name.npos;
    }
    if (shoots && !has_button) {  // Kung Fu Master strikes only in a direction
        actions.entries.push_back({"fire", keys_of(fire)});
        actions.buttons_alone = 1;
    }
    return actions;
}

}  // namespace

ActionSpace ale_actions(std::string_view game, int count) {
    std::vector<int> all(names.size());
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = static_cast<int>(i);
    for (const MinimalSet& set : minimal_sets()) {
        const auto& meanings = set.actions.empty() ? all : set.actions;
        if (set.game == game && static_cast<int>(meanings.size()) == count) return joystick(meanings);
    }
    return count == static_cast<int>(all.size()) ? joystick(all) : numbered(count);
}

std::string ale_game(std::string_view game, int count) {
    for (const MinimalSet& set : minimal_sets()) {
        if (set.game != game) continue;
        const auto own = set.actions.empty() ? names.size() : set.actions.size();
        if (count == static_cast<int>(own)) return "ale/" + std::string(game);
        if (count == static_cast<int>(names.size())) return "ale/" + std::string(game) + ",full=true";
    }
    return "";
}

}  // namespace drift
