// Buttons that are held in any combination, and a mouse: what a data set may declare in place of actions that are taken one at a time.
#pragma once

#include <toml++/toml.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/action.h"
#include "formats/toml_reader.h"

namespace drift {

// In data.toml [[buttons]] with a name and keys each, as [[actions]] have them, and [mouse] with x and y: the motions, rising and in the source's own
// unit, in which a network would count (each motion belongs to the nearest). In actions.csv a column of 0 and 1 for each button, by its name, and
// the columns mouse_x and mouse_y: how far the mouse went from this frame to the next, to the right and down, unrounded.
struct Buttons {
    std::vector<ActionSpace::Entry> buttons;
    std::vector<double> mouse_x, mouse_y;  // both or neither
    bool none() const { return buttons.empty() && mouse_x.empty(); }
    bool mouse() const { return !mouse_x.empty(); }
    bool operator==(const Buttons&) const = default;
};
// As a network's actions, and back; of actions that are taken one at a time: none.
ActionSpace actions_of(const Buttons& buttons);
Buttons buttons_of(const ActionSpace& actions);

// What was done in one step: bit i is the button i.
struct HeldStep {
    std::uint32_t held = 0;
    double mouse_x = 0, mouse_y = 0;
    bool operator==(const HeldStep&) const = default;
};

inline constexpr const char* mouse_x_column = "mouse_x";
inline constexpr const char* mouse_y_column = "mouse_y";

std::string digits(double number);  // as few as tell it from all others; none where it is not finite
// The columns' names, and what stands in them, with commas between.
std::string button_columns(const Buttons& buttons);
std::string button_fields(const Buttons& buttons, const HeldStep& step);
// What a network's action was: of the mouse the middle of its class.
HeldStep held_step(const ActionSpace& actions, ActionCode code);

// May a column of actions.csv have that name beside the others?
bool is_column_name(std::string_view name);
Buttons read_buttons(const TomlReader& top);  // throws Error
// [[actions]], or [[buttons]] and [mouse] where the former are not there. Throws Error.
ActionSpace read_action_space(const TomlReader& top);
void insert_actions(toml::table& description, const ActionSpace& actions);

}  // namespace drift
