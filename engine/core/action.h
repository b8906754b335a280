// What the player did in one step, and how a game names it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace drift {

// Held buttons of one step: bit i is the button of action i of the ActionSpace.
struct Action {
    std::uint32_t held = 0;
    bool operator==(const Action&) const = default;
};

// The discrete actions that a world was trained on. Action 0 is "noop" and has no key.
struct ActionSpace {
    struct Entry {
        std::string name;
        std::vector<std::string> keys;  // names of keys as SDL spells them: "Left", "A", "Space"
        bool operator==(const Entry&) const = default;
    };
    std::vector<Entry> entries;

    int size() const { return static_cast<int>(entries.size()); }
    // The network's action: the one held button; none or several at once cancel each other to 0 (noop).
    int index(Action action) const;
    // The action of that name, -1 where there is none.
    int find(std::string_view name) const;
    bool operator==(const ActionSpace&) const = default;
};

}  // namespace drift
