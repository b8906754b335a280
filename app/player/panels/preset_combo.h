// The list of presets: chosen, deleted and brought back there.
#pragma once

#include <string>

#include "core/error.h"
#include "player/view.h"

namespace drift {

// As wide as the next item is.
void preset_combo(View& view);
// Plays it; where that fails the status bar says why.
void choose_preset(View& view, const Preset& preset);
// The name of what plays now.
std::string current_preset(const View& view);
// A word above a part of a list.
void small_heading(const char* text);

// Work that may fail: the status bar says why. True: it did not.
template <class Work>
bool attempt(View& view, Work work) {
    try {
        work();
        return true;
    } catch (const Error& error) {
        view.say(error.what());
        return false;
    }
}

}  // namespace drift
