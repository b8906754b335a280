// Is anybody there? Where nobody is the game may wait, if the user wants that.
#pragma once

#include <string>

#include "player/view.h"

namespace drift {

struct Presence {
    bool focused = true;    // the window has the keyboard
    double touched_at = 0;  // as View::now: the last time that a key, the mouse or a gamepad was touched
};

// Why the game is to wait, for the status bar; empty: it plays on. Nobody needs to touch anything while a session is watched, something is
// recorded, or the world's own player has the keys; what is recorded does not stop for another window either.
std::string why_away(const Presence& presence, const View& view);

}  // namespace drift
