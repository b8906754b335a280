// The kind of actions that are buttons, any of them at once, and a mouse: what ActionSpace does for it.
#pragma once

#include <string>

#include "core/action.h"

namespace drift {

ActionCode code_of_held(const ActionSpace& actions, Action action);
Action held_of_code(const ActionSpace& actions, ActionCode code);
bool valid_code(const ActionSpace& actions, ActionCode code);
std::string name_of_code(const ActionSpace& actions, ActionCode code);

// Buttons with these names and keys, and a mouse where there are classes. Where no button has them the arrows turn the mouse: so a world can be
// played without one.
ActionSpace actions_of_buttons(std::vector<ActionSpace::Entry> buttons, std::vector<double> mouse_x,
                               std::vector<double> mouse_y);

// Can an Action, which counts the mouse's way in whole numbers, say each class? Then what was recorded can be played again.
bool tells_whole(const std::vector<double>& classes);

}  // namespace drift
