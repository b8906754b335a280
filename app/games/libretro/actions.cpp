#include "games/libretro/actions.h"

#include <algorithm>
#include <stdexcept>

namespace drift::libretro {
namespace {

constexpr const char* buttons[] = {"b", "y", "select", "start", "up", "down", "left", "right",
                                   "a", "x", "l",      "r",     "l2", "r2",   "l3",   "r3"};
constexpr const char* usual[] = {"noop",
                                 "fire=a",
                                 "up=up",
                                 "right=right",
                                 "left=left",
                                 "down=down",
                                 "up fire=up+a",
                                 "right fire=right+a",
                                 "left fire=left+a",
                                 "down fire=down+a"};

std::vector<std::string> keys_of(const std::string& name) {
    if (name == "up") return {"Up", "W"};
    if (name == "down") return {"Down", "S"};
    if (name == "left") return {"Left", "A"};
    if (name == "right") return {"Right", "D"};
    if (name == "fire") return {"Space"};
    return {};
}

std::uint16_t held_of(const std::string& text) {
    std::uint16_t held = 0;
    for (std::size_t begin = 0; begin < text.size();) {
        auto end = std::min(text.find('+', begin), text.size());
        const std::string button = text.substr(begin, end - begin);
        bool known = false;
        for (int id = 0; id < 16; ++id)
            if (button == buttons[id]) held |= static_cast<std::uint16_t>(1 << id), known = true;
        if (!known) throw std::runtime_error("expected a pad's button (" + button_names() + "), found " + button);
        begin = end + 1;
    }
    return held;
}

Action action_of(const std::string& text) {
    const auto equals = text.find('='), colon = text.find(':');
    Action action;
    action.name = text.substr(0, std::min(equals, colon));
    if (equals != text.npos)
        action.held = held_of(text.substr(equals + 1, colon == text.npos ? text.npos : colon - equals - 1));
    action.keys = colon == text.npos ? keys_of(action.name) : std::vector<std::string>{text.substr(colon + 1)};
    return action;
}

}  // namespace

std::string button_names() {
    std::string all;
    for (const char* button : buttons) all += (all.empty() ? "" : ", ") + std::string(button);
    return all;
}

std::vector<Action> actions_of(const std::vector<std::string>& given) {
    std::vector<Action> actions;
    if (given.empty())
        for (const char* text : usual) actions.push_back(action_of(text));
    for (const std::string& text : given) actions.push_back(action_of(text));
    if (actions.front().held != 0)
        throw std::runtime_error("--action: expected the first to be that of no button (noop), found " + given.front());
    return actions;
}

}  // namespace drift::libretro
