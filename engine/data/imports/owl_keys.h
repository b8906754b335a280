// What the keys of Windows are called.
#pragma once

#include <optional>
#include <string>

#include "core/action.h"

namespace drift {

// A virtual key (winuser.h) by its name without VK_, and as SDL spells it where it has such a key: {"SHIFT", {"Left Shift"}}.
ActionSpace::Entry windows_key(int code);
// MOUSE_LEFT, MOUSE_RIGHT ... of OWL Control's numbers.
ActionSpace::Entry owl_mouse_button(int code);

}  // namespace drift
