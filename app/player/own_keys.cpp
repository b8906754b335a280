#include "player/own_keys.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/names.h"

namespace drift {
namespace {

constexpr std::array<std::string_view, 4> ways = {"left", "right", "up", "down"};
constexpr std::array<const char*, 4> arrows = {"Left", "Right", "Up", "Down"};
constexpr std::array<const char*, 4> pad_arrows = {"Pad Left", "Pad Right", "Pad Up", "Pad Down"};
constexpr std::array<const char*, 4> pad_looks = {"Pad Right Stick Left", "Pad Right Stick Right", "Pad Right Stick Up",
                                                  "Pad Right Stick Down"};
constexpr std::array<const char*, 4> pad_buttons = {"Pad A", "Pad B", "Pad X", "Pad Y"};

std::size_t way(std::string_view direction) {
    return static_cast<std::size_t>(std::find(ways.begin(), ways.end(), direction) - ways.begin());
}

bool has(const std::vector<std::string>& keys, std::string_view key) {
    return std::find(keys.begin(), keys.end(), key) != keys.end();
}

std::size_t way_of_arrow(const ActionSpace::Entry& entry) {
    std::size_t at = 0;
    while (at < arrows.size() && !has(entry.keys, arrows[at])) ++at;
    return at;
}

}  // namespace

const std::vector<std::string>* own_list(const std::map<std::string, std::vector<std::string>>& lists,
                                         const std::string& name) {
    auto found = lists.find(name);
    return found == lists.end() ? nullptr : &found->second;
}

std::vector<std::string> merged(const std::vector<std::string>* own, const std::vector<std::string>& usual) {
    if (!own) return usual;
    std::vector<std::string> keys = *own;
    if (keys.empty()) return keys;
    for (bool pad : {false, true})
        if (std::none_of(own->begin(), own->end(), [&](const std::string& key) { return of_pad(key) == pad; }))
            std::copy_if(usual.begin(), usual.end(), std::back_inserter(keys),
                         [&](const std::string& key) { return of_pad(key) == pad; });
    return keys;
}

std::vector<std::string_view> directions_of(const ActionSpace& world) {
    constexpr std::pair<std::string_view, std::string_view> names[] = {
        {"left", "left"},        {"right", "right"},       {"up", "up"},
        {"down", "down"},        {"forward", "up"},        {"back", "down"},
        {"strafe left", "left"}, {"strafe right", "right"}};
    std::vector<std::string_view> all(world.entries.size());
    bool named = false;
    for (std::size_t i = 0; i < all.size(); ++i)
        for (const auto& [name, means] : names)
            if (world.entries[i].name == name) all[i] = means, named = true;
    for (std::size_t i = 0; i < all.size() && !named; ++i)
        for (std::size_t at = 0; at < ways.size(); ++at)
            if (has(world.entries[i].keys, arrows[at])) all[i] = ways[at];
    return all;
}

ActionSpace wanted_keys(const ActionSpace& shipped, const OwnKeys& own) {
    ActionSpace wanted = shipped;
    const auto directions = directions_of(shipped);
    std::size_t others = 0;
    for (std::size_t i = 0; i < wanted.entries.size(); ++i) {
        ActionSpace::Entry& entry = wanted.entries[i];
        if (entry.keys.empty()) {
        } else if (const std::size_t at = way(directions[i]); at < ways.size()) {
            entry.keys.emplace_back(pad_arrows[at]);
        } else if (const std::size_t look = way_of_arrow(entry); look < ways.size()) {
            entry.keys.emplace_back(pad_looks[look]);
        } else if (has(entry.keys, "Mouse Left")) {
            entry.keys.emplace_back("Pad Right Trigger");
        } else if (has(entry.keys, "Mouse Right")) {
            entry.keys.emplace_back("Pad Left Trigger");
        } else if (others < pad_buttons.size()) {
            entry.keys.emplace_back(pad_buttons[others++]);
        }
        if (const auto* keys = own_list(own.buttons, entry.name)) entry.keys = merged(keys, entry.keys);
    }
    return wanted;
}

ActionSpace with_own_keys(const ActionSpace& shipped, const OwnKeys& own) {
    ActionSpace played = wanted_keys(shipped, own);
    std::vector<std::string> chosen;  // by the user, for buttons that this world has
    for (const ActionSpace::Entry& entry : played.entries)
        if (const auto* keys = own_list(own.buttons, entry.name))
            chosen.insert(chosen.end(), keys->begin(), keys->end());
    for (ActionSpace::Entry& entry : played.entries) {
        const auto* keys = own_list(own.buttons, entry.name);
        std::erase_if(entry.keys,
                      [&](const std::string& key) { return has(chosen, key) && !(keys && has(*keys, key)); });
    }
    return played;
}

ActionSpace with_own_names(ActionSpace actions, const OwnKeys& own, const std::string& world) {
    const auto names = own.names.find(world);
    if (names == own.names.end()) return actions;
    for (ActionSpace::Entry& entry : actions.entries)
        if (auto name = names->second.find(entry.name); name != names->second.end()) entry.name = name->second;
    return actions;
}

void call_action(OwnKeys& own, const std::string& world, const std::string& action, std::string name) {
    name = trimmed(name);
    if (!name.empty() && name != action) {
        own.names[world][action] = std::move(name);
        return;
    }
    own.names[world].erase(action);
    if (own.names[world].empty()) own.names.erase(world);
}

void put_directions(OwnKeys& own, const ActionSpace& shipped, const std::vector<std::string>& keys) {
    auto put = [&](const std::string& button, std::size_t at) {
        if (at >= ways.size() || at >= keys.size()) return;
        std::vector<std::string>& list = own.buttons[button];
        std::erase_if(list, [](const std::string& key) { return !of_pad(key); });
        list.insert(list.begin(), keys[at]);
    };
    for (std::size_t i = 0; i < ways.size(); ++i) put(std::string(ways[i]), i);
    put("forward", 2), put("back", 3);
    const auto directions = directions_of(shipped);
    for (std::size_t i = 0; i < directions.size(); ++i) put(shipped.entries[i].name, way(directions[i]));
}

}  // namespace drift
