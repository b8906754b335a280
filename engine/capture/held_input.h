// What was held during each frame, made of what happened when: keys and mouse of one window, and of no other.
#pragma once

#include <cstdint>
#include <deque>

#include "formats/buttons.h"

namespace drift {

struct InputEvent {
    enum class What {
        press,
        release,
        motion,
        focus,       // from now on the keys are the window's
        focus_lost,  // from now on they are someone else's
        pause_key
    };
    double time = 0;  // seconds
    What what = What::press;
    int button = 0;       // of a press or a release: its place in Buttons
    double x = 0, y = 0;  // of a motion, to the right and down
};

// A button counts for a frame if it was down at any moment of it, so that a tap shorter than a frame is in exactly one; motions are summed. What
// happens while the window has not the focus is dropped as it comes, and a button that is down when the focus goes counts as released then.
class HeldInput {
public:
    // `lag`: seconds from a key to the picture that shows what it did; events count as so much later.
    explicit HeldInput(double lag = 0) : lag_(lag) {}
    // In the order in which they happened.
    void add(const InputEvent& event);
    // What was done since the last call and before that time. What came too late for the call that it belongs to is in the next one.
    HeldStep until(double time);
    bool has_focus() const { return focus_; }
    bool paused() const { return paused_; }  // the pause key was pressed an odd number of times

private:
    struct Change {
        double time;
        std::uint32_t down, up;  // bits
        double x, y;
    };
    double lag_;
    bool focus_ = false, paused_ = false;
    std::uint32_t held_ = 0;
    std::deque<Change> changes_;
};

}  // namespace drift
