#include "player/keyboard.h"

#include <SDL.h>

namespace drift {
namespace {

// As keys are labelled: SDL gives letters beyond ASCII as they are typed.
std::string large(std::string key) {
    if (key.size() != 2 || static_cast<unsigned char>(key[0]) < 0xc0) return key;
    auto first = static_cast<unsigned char>(key[0]), second = static_cast<unsigned char>(key[1]);
    unsigned letter = (first & 0x1fu) << 6 | (second & 0x3fu);
    if ((letter >= 0xe0 && letter <= 0xfe && letter != 0xf7) || (letter >= 0x430 && letter <= 0x44f)) letter -= 0x20;
    if (letter >= 0x450 && letter <= 0x45f) letter -= 0x50;
    return {static_cast<char>(0xc0 | letter >> 6), static_cast<char>(0x80 | (letter & 0x3f))};
}

}  // namespace

Keyboard Keyboard::current() {
    std::map<std::string, std::string> layout;
    for (int code = SDL_SCANCODE_A; code < SDL_NUM_SCANCODES; ++code) {
        std::string place = SDL_GetScancodeName(static_cast<SDL_Scancode>(code)),
                    key = large(SDL_GetKeyName(SDL_GetKeyFromScancode(static_cast<SDL_Scancode>(code))));
        if (!place.empty() && !key.empty() && place != key) layout.emplace(place, key);
    }
    return Keyboard(std::move(layout));
}

std::string Keyboard::shown(const std::string& place) const {
    auto found = layout_.find(place);
    return found == layout_.end() ? place : found->second;
}

std::string Keyboard::place_of(const std::string& key) const {
    for (const auto& [place, there] : layout_)
        if (there == key) return place;
    return key;
}

}  // namespace drift
