// The actions of DIAMOND's CSGO world: eleven keys, two clicks and the mouse's motion in classes, as a number of 22 bits that stands for the
// network's vector of 51 ones and zeros (csgo's action_processing and keymap).
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "core/action.h"

namespace drift {

inline constexpr int csgo_vector_size =
    51;  // w a s d space ctrl shift 1 2 3 r, left and right click, 23 classes of x, 15 of y

// Buttons with their keys; the arrows turn the view as a mouse would.
ActionSpace csgo_actions();
std::span<const std::uint32_t> csgo_rivals();
// The mouse's motions that the classes stand for, rising.
std::span<const int> csgo_mouse_x();
std::span<const int> csgo_mouse_y();

// Arrows come before the mouse: 60 to the sides, 50 up or down. Else the class nearest to the motion, of two the smaller.
int csgo_code(Action action);
bool csgo_valid(int code);
// `ones`: 51 values.
void csgo_vector(int code, std::span<float> ones);
// The number of a vector of 51 zeros and ones with at most one class of x and of y; nullopt where it is none.
std::optional<int> csgo_code_of(std::span<const float> ones);

}  // namespace drift
