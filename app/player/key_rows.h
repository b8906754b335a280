// What can be put on another key, and what stands in the way: for the page "Keys".
#pragma once

#include <string>
#include <vector>

#include "player/view.h"

namespace drift {

struct KeyRow {
    bool button = false;  // of the world; else an act
    std::string name;     // as in OwnKeys
    std::string heading, meaning;
    std::vector<std::string> keys;  // that work, as they stand on the keyboard
    std::vector<std::string> lost;  // "Space: used by the game's fire"
    bool own = false;               // it can be reset
};

// The world's buttons first, then the acts as the help has them. Slots are digits, and stay so.
std::vector<KeyRow> key_rows(const View& view);

// Who answers to that key now, in words; empty where nobody does.
std::string owner_of(const KeyPress& key, const View& view);

// Puts it on that key alone: the keyboard's other keys go, or a gamepad's where the key is one. Returns what has lost it by that, or
// stands before it; empty where nobody minds.
std::string put_on_key(View& view, const KeyRow& row, const KeyPress& key);
void reset_keys(View& view, const KeyRow& row);

}  // namespace drift
