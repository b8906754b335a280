#include "player/world_controls.h"

#include <algorithm>
#include <array>

#include "core/error.h"

namespace drift {
namespace {

constexpr std::array<std::string_view, 6> directions = {"left", "right", "up", "down", "forward", "back"};

// The first key of an act that the world leaves free, with what it is for; empty where there is none.
std::string hint(const View& view, Act act, const char* words) {
    auto keys = free_keys(binding_of(act), view.world->actions, view.keyboard);
    return keys.empty() ? "" : keys.front() + ": " + words;
}

void add(std::string& line, const std::string& part) {
    if (!part.empty()) line += (line.empty() ? "" : "     ") + part;
}

}  // namespace

std::vector<std::string> shown_keys(const ActionSpace::Entry& entry, const Keyboard& keyboard) {
    std::vector<std::string> keys;
    for (const std::string& place : entry.keys)
        if (!of_pad(place) || keyboard.pads) keys.push_back(keyboard.shown(place));
    return keys;
}

std::vector<WorldControl> world_controls(const ActionSpace& world, const Keyboard& keyboard) {
    std::vector<WorldControl> controls;
    if (world.mouse()) controls.push_back({{"Mouse"}, "look (click the picture first)"});
    for (const ActionSpace::Entry& entry : world.entries) {
        if (auto keys = shown_keys(entry, keyboard); !keys.empty()) controls.push_back({keys, entry.name});
    }
    return controls;
}

std::string controls_line(const ActionSpace& world, const Keyboard& keyboard, std::size_t most) {
    const std::vector<WorldControl> controls = world_controls(world, keyboard);
    std::string line, moves;
    for (std::string_view direction : directions)
        for (const WorldControl& control : controls)
            if (control.does == direction) moves += (moves.empty() ? "" : " / ") + control.keys.front();
    if (!moves.empty()) add(line, moves + ": move"), --most;
    for (const WorldControl& control : controls) {
        if (most == 0) break;
        if (std::find(directions.begin(), directions.end(), control.does) != directions.end()) continue;
        add(line, control.keys.front() + ": " + printable(control.does));
        --most;
    }
    return line;
}

std::vector<std::string> first_words(const View& view) {
    if (!view.world) return {};
    std::string how = controls_line(view.world->actions, view.keyboard), more;
    const bool dreamed = view.dreamed();
    if (dreamed && view.step && !view.step->truth.empty())
        add(more, hint(view, Act::truth, "compare with the real game"));
    add(more, hint(view, Act::help, "all keys"));
    std::vector<std::string> lines = {dreamed ? "This is imagined by a network." : "This is the real game.", how, more};
    std::erase(lines, "");
    return lines;
}

}  // namespace drift
