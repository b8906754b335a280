// The keys that the user has put acts and buttons on, over those that the table of bindings and the world have; plain values.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/action.h"

namespace drift {

// A list takes the place of the keyboard's keys where it has some of them, and of a gamepad's where it has some of those; an empty one
// of all. By names: of acts, as in the table; of buttons, as the worlds call them, for all worlds that have one of that name.
struct OwnKeys {
    std::map<std::string, std::vector<std::string>>
        acts;  // characters as SDL spells them, "Ctrl+" before them; "Pad A"
    std::map<std::string, std::vector<std::string>> buttons;  // places (keyboard.h); "Pad A"
    // By world (WorldInfo::name): what its actions are called, by what it calls them itself. DIAMOND's files name none of theirs.
    std::map<std::string, std::map<std::string, std::string>> names;
    bool operator==(const OwnKeys&) const = default;
};
inline constexpr std::size_t longest_action_name = 40;  // bytes

inline constexpr std::string_view with_ctrl = "Ctrl+", on_pad = "Pad ";
inline bool of_pad(std::string_view key) { return key.starts_with(on_pad); }

// `usual` with the user's own in place of what they replace.
std::vector<std::string> merged(const std::vector<std::string>* own, const std::vector<std::string>& usual);
const std::vector<std::string>* own_list(const std::map<std::string, std::vector<std::string>>& lists,
                                         const std::string& name);

// Of each entry "left", "right", "up" or "down" where it moves that way, by its name ("forward" is up) or, where none is named so, by its
// arrow key; empty else.
std::vector<std::string_view> directions_of(const ActionSpace& world);

// The keys that the world's buttons are to have: their own, a gamepad's (d-pad and left stick move, the right stick does what else has
// arrow keys; A, B, X, Y are the first other buttons, the triggers those of the mouse), and the user's in place of both.
ActionSpace wanted_keys(const ActionSpace& shipped, const OwnKeys& own);
// Those that they have: a key that the user has given to one button is no other button's.
ActionSpace with_own_keys(const ActionSpace& shipped, const OwnKeys& own);

// Gives the actions the user's own names.
ActionSpace with_own_names(ActionSpace actions, const OwnKeys& own, const std::string& world);
// Nothing, or the world's own name, takes the user's away.
void call_action(OwnKeys& own, const std::string& world, const std::string& action, std::string name);

// Puts all that moves on these four keys: left, right, up, down.
void put_directions(OwnKeys& own, const ActionSpace& shipped, const std::vector<std::string>& keys);

}  // namespace drift
