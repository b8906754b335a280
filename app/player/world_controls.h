// Which key does what in a world, as it stands on the keyboard: for the panel "World", the help and a new user's first words.
#pragma once

#include <string>
#include <vector>

#include "player/view.h"

namespace drift {

struct WorldControl {
    std::vector<std::string> keys;
    std::string does;  // as the world names it: shown by printable()
};
// The keys of a button as they stand on the keyboard; a gamepad's only while there is one.
std::vector<std::string> shown_keys(const ActionSpace::Entry& entry, const Keyboard& keyboard);
// Actions without a key are left out; the mouse is the first of a world that takes it.
std::vector<WorldControl> world_controls(const ActionSpace& world, const Keyboard& keyboard);

// "Left / Right: move", "Space: fire": directions in one, the rest each; at most `most` parts.
std::string controls_line(const ActionSpace& world, const Keyboard& keyboard, std::size_t most = 4);

// Three lines for who has never played: what this is, how it is played, where more is to be found.
std::vector<std::string> first_words(const View& view);

}  // namespace drift
