// Gamepads, as keys: what is pressed and let go of on any of them, named as on an Xbox pad ("Pad A", "Pad Left"). SDL knows their layouts.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

union SDL_Event;
struct _SDL_GameController;

namespace drift {

// Is there a button of that name on a gamepad? "Pad A", "Pad Left Shoulder"; the left stick is the d-pad, too.
bool is_pad_key(const std::string& name);

// A key that went down or up. The code is this control's alone, and no key's of the keyboard.
struct PadKey {
    int code = 0;
    std::string place;
    bool down = false;
};

class Pads {
public:
    Pads();  // where SDL has no gamepads there are none
    ~Pads();
    Pads(const Pads&) = delete;
    Pads& operator=(const Pads&) = delete;

    // What the event pressed and let go of; a pad that was unplugged lets go of all that it held. `said`: which pad came or went.
    std::vector<PadKey> handle(const SDL_Event& event, std::string& said);
    bool any() const { return !pads_.empty(); }

private:
    struct Pad {
        _SDL_GameController* device = nullptr;
        std::string name;
        std::set<int> held;  // controls
    };
    void set(int id, int control, bool down, std::vector<PadKey>& keys);

    bool begun_ = false;
    std::map<int, Pad> pads_;  // by SDL's number of the joystick, which is never used twice
};

}  // namespace drift
