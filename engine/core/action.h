// What the player did in one step, and how a game names it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace drift {

inline constexpr int most_actions = 256;  // of a world or a data set: a recorded action is a byte

// Held buttons of one step: bit i is the button of entry i of the ActionSpace; and how far the mouse went in it, to the right and down.
struct Action {
    std::uint32_t held = 0;
    std::int16_t mouse_x = 0, mouse_y = 0;  // as the network counts: pixels times the player's sensitivity
    bool operator==(const Action&) const = default;

    static constexpr int bits = 32;
    // One button held; none for 0, which is noop, and below. Of a button beyond the bits the number stands in the place of the mouse's motion,
    // under a mark that no motion has.
    static Action of(int button);
    bool holds(int button) const;
    int beyond() const;  // that number; 0 where there is none
};

// What a world was trained on. Entry 0 is "noop" and has no key.
struct ActionSpace {
    // one: the entries are the network's actions, one at a time.
    // joystick: they are positions of a joystick with a button, named by their parts ("up right fire"); keys held together add up.
    // csgo: they are buttons, any of them at once, and a mouse (csgo_action.h).
    enum class Kind { one, joystick, csgo };
    struct Entry {
        std::string name;
        std::vector<std::string> keys;  // names of keys as SDL spells them: "Left", "A", "Space"
        bool operator==(const Entry&) const = default;
    };
    std::vector<Entry> entries;
    Kind kind = Kind::one;
    int buttons_alone = 0;  // entries at the end that are buttons of a joystick and no actions by themselves

    int size() const { return static_cast<int>(entries.size()) - buttons_alone; }
    // The network's action as a number. One: the one held button; none or several at once cancel each other to 0 (noop). Joystick:
    // the position that has all held parts, opposite ones left out; or else the one without the button, or with the sideways part alone. Csgo:
    // csgo_code().
    int index(Action action) const;
    int noop() const { return index({}); }
    bool valid(int index) const;
    // Buttons (bits) that exclude each other: of those only the one that was pressed first counts.
    std::span<const std::uint32_t> rivals() const;
    // The action of that name, -1 where there is none.
    int find(std::string_view name) const;
    bool operator==(const ActionSpace&) const = default;
};

}  // namespace drift
