// The keys and mouse buttons that a capture listens to: as SDL spells them, as everywhere here, and what X11 calls them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/buttons.h"

namespace drift {

struct NamedKey {
    std::string name;  // "Left Shift", "Mouse Right"
    std::string x11;   // its keysym, "Shift_L"; empty for a mouse button
    int mouse = 0;     // the X11 number of a mouse button
};
// In any case of letters; other letters of Western Europe, as a keyboard may have, by themselves ("ö"). Throws Error, with the name that is nearest, for one that is unknown.
NamedKey find_key(std::string_view name);

// The name of a key's place, which is what an American keyboard has there: X11's keycodes of the keys that write letters, digits and signs are the same
// on all servers. Empty for any other keycode.
std::string place_name(int keycode);

// "Left", or "jump=Space" for a key whose button has a name of its own; the same name again is another key of that button. With `mouse`, its motion too.
// Throws Error where they are too many, unknown, or taken twice.
Buttons buttons_of_keys(const std::vector<std::string>& given, bool mouse);

}  // namespace drift
