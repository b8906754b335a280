// What the player did in one step, and how a game names it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace drift {

inline constexpr int most_actions = 256;  // of a world or a data set
inline constexpr std::size_t most_buttons = 32, most_mouse_classes = 64;

// What a network is told of one step. Of actions that are taken one at a time: its place among them. Of buttons and a mouse: bits, see ActionSpace.
using ActionCode = std::int64_t;

// Held buttons of one step: bit i is the button of entry i of the ActionSpace; and how far the mouse went in it, to the right and down.
struct Action {
    std::uint64_t held = 0;
    std::int16_t mouse_x = 0, mouse_y = 0;  // as the network counts: pixels times the player's sensitivity
    bool operator==(const Action&) const = default;

    static constexpr int bits = 64;
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
    // buttons: they are buttons, any of them at once, and there may be a mouse; DIAMOND's CSGO is one of these.
    enum class Kind { one, joystick, buttons };
    struct Entry {
        std::string name;
        std::vector<std::string> keys;  // names of keys as SDL spells them: "Left", "A", "Space"
        int turn_x = 0, turn_y = 0;     // of a key that stands for the mouse: where it is held, that is the motion
        bool turns() const { return turn_x != 0 || turn_y != 0; }
        bool operator==(const Entry&) const = default;
    };
    std::vector<Entry> entries;  // of buttons: noop, at most 32 buttons, and then those that turn
    Kind kind = Kind::one;
    int buttons_alone = 0;  // entries at the end that are buttons of a joystick and no actions by themselves
    // The motions, rising, in which a network counts the mouse's way of a step to the right and down; each motion belongs to the nearest, of two
    // to the smaller. Both or neither.
    std::vector<double> mouse_x = {}, mouse_y = {};
    // Buttons (bits) that exclude each other: of those only the one that was pressed first counts.
    std::vector<std::uint64_t> rivals = {};

    int size() const { return static_cast<int>(entries.size()) - buttons_alone; }
    bool mouse() const { return !mouse_x.empty(); }
    std::size_t buttons() const;  // of the kind of that name: those that are told to the network
    // How many numbers a network is told of a step: a one in `size()` places; or a one for each held button and for the mouse's class on each axis.
    std::size_t inputs() const;

    // The network's action. One: the one held button; none or several at once cancel each other to 0 (noop). Joystick: the position that has
    // all held parts, opposite ones left out; or else the one without the button, or with the sideways part alone. Buttons: code() of them.
    ActionCode index(Action action) const;
    // Buttons and a mouse: bit i is button i (entry i + 1), then come the classes of x and of y, each counted from 1 in as many bits as it
    // needs. 0 in place of a class: none is told.
    ActionCode code(std::uint64_t buttons, double x, double y) const;
    // An action whose index is this.
    Action action(ActionCode code) const;
    ActionCode noop() const { return index({}); }
    // The entry held alone.
    ActionCode alone(int entry) const;
    bool valid(ActionCode code) const;
    // Of buttons: the network's vector, `inputs()` ones and zeros: the buttons, the classes of x, those of y. And back; nullopt where the
    // numbers are others, or there are two classes of an axis.
    void ones(ActionCode code, std::span<float> vector) const;
    std::optional<ActionCode> code_of(std::span<const float> ones) const;
    // "left fire", with "mouse 10 -4" behind where it moved.
    std::string name_of(ActionCode code) const;
    // "4 actions", or "2 buttons and a mouse of 7 by 7 classes": networks of spaces that say the same are told the same.
    std::string told() const;
    // The action of that name, -1 where there is none.
    int find(std::string_view name) const;
    bool operator==(const ActionSpace&) const = default;
};

}  // namespace drift
