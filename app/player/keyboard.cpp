#include "player/keyboard.h"

#include <SDL.h>

namespace drift {

Keyboard Keyboard::current() {
    std::map<std::string, std::string> layout;
    for (int code = SDL_SCANCODE_A; code < SDL_NUM_SCANCODES; ++code) {
        std::string place = SDL_GetScancodeName(static_cast<SDL_Scancode>(code)), key = SDL_GetKeyName(SDL_GetKeyFromScancode(static_cast<SDL_Scancode>(code)));
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
