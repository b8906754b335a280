// The actions of DIAMOND's CSGO world: eleven keys, two clicks and the mouse's motion in classes, which its network takes as a vector of 51 ones
// and zeros (csgo's action_processing and keymap).
#pragma once

#include "core/action.h"

namespace drift {

inline constexpr int csgo_vector_size =
    51;  // w a s d space ctrl shift 1 2 3 r, left and right click, 23 classes of x, 15 of y

// Buttons with their keys; the arrows turn the view as a mouse would: 60 to the sides, 50 up or down.
const ActionSpace& csgo_actions();

}  // namespace drift
