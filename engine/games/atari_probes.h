// Finds the objects of some Atari games in any picture of them, real or dreamed, as ale-py's frames of 64x64 pixels show them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/game.h"

namespace drift {

struct AtariProbe {
    std::vector<std::string> objects,
        counts;  // in the order of app/games/atari_objects.py, which has the true places from the emulator's memory
    std::size_t controlled = 0;  // which of the objects the player moves
    Probe (*find)(const Frame& picture) = nullptr;
    // The name of what a good player would do, who sees where things are.
    std::string_view (*play)(const Probe& truth) = nullptr;
};

// Of "ale/Breakout"; nullptr where nothing is known of that game, or its pictures are of another size.
const AtariProbe* atari_probe(std::string_view game, int width, int height);

}  // namespace drift
