// From SDL's events to the latch of the world's keys and to the player's own acts.
#pragma once

#include <map>
#include <vector>

#include "player/pads.h"
#include "player/view.h"
#include "session/key_latch.h"

union SDL_Event;

namespace drift {

class Input {
public:
    // Keys go to the world and the bindings except while text is typed. Repeats are ignored; a lost focus releases all, the mouse too.
    void handle(const SDL_Event& event, View& view, KeyLatch& keys);
    // Once in each picture of the window: lets go of everything when a text field the command palette or the library takes the keyboard.
    void update(const View& view, KeyLatch& keys);

    // What is held belongs to the world before.
    void release_all(KeyLatch& keys);

private:
    void mouse(const SDL_Event& event, View& view, KeyLatch& keys);
    void pads(const SDL_Event& event, View& view, KeyLatch& keys);
    void press(const KeyPress& key, int code, bool again, View& view, KeyLatch& keys);
    void release(int code, View& view, KeyLatch& keys);
    bool slot(const KeyPress& key, View& view);
    void type_ahead(const View& view);

    int rewind_key_ = 0;
    Pads pads_;
    std::map<int, int>
        held_;  // scancode, or a pad's code -> button: a key lets go of what it pressed, whatever else has changed since
    bool typing_ = false;
    KeyLatch::Clock::time_point at_{};  // when the event came that is handled
    std::vector<unsigned> ahead_;       // letters, for a field that is on its way
};

}  // namespace drift
