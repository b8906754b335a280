// Where keys are and what stands on them. A key's place is named by the letter that an American keyboard has there, as SDL spells it.
#pragma once

#include <map>
#include <string>

#include "player/own_keys.h"

namespace drift {

class Keyboard {
public:
    Keyboard() = default;  // American
    // By place what another layout has there: {"Q", "A"} on a French one. Places that are not named are American.
    explicit Keyboard(std::map<std::string, std::string> layout) : layout_(std::move(layout)) {}
    static Keyboard current();  // the system's; SDL's video must be there

    // What stands on the key at that place.
    std::string shown(const std::string& place) const;
    // Where that character is; where the layout has no such key, the place where an American one has it.
    std::string place_of(const std::string& key) const;
    // The system has another layout now; what the user has chosen stays.
    void take_layout(const Keyboard& other) { layout_ = other.layout_; }

    OwnKeys own;
    bool pads = false;  // a gamepad is connected: its keys are shown, too

private:
    std::map<std::string, std::string> layout_;
};

}  // namespace drift
