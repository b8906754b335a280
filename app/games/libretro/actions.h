// What a player can do with a pad: the actions that a game has, the buttons that each holds, and the keys for them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace drift::libretro {

struct Action {
    std::string name;
    std::uint16_t held = 0;  // bit i is libretro's RETRO_DEVICE_ID_JOYPAD_... i
    std::vector<std::string> keys;
};

// "b, y, select ...": what a pad has, as actions name it.
std::string button_names();

// Each as "jump=a+right" or "jump=a:Space": a name, the buttons that are held, and after a colon the keys if they are not the usual ones. None
// given: a direction and a button. Throws std::runtime_error where a button is unknown, or the first holds one.
std::vector<Action> actions_of(const std::vector<std::string>& given);

}  // namespace drift::libretro
