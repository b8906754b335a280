// The window of a game that is running, as a capture sees it: its pictures, and what is done in it.
#pragma once

#include <optional>
#include <vector>

#include "capture/held_input.h"
#include "core/frame.h"

namespace drift {

class CapturedWindow {
public:
    // hidden: minimised, partly off the screen, or under another window, which must not get into the pictures.
    enum class View { seen, hidden, closed };

    // The time is that at which it had been taken: it shows nothing that happened after it, so that no key comes after what it did.
    struct Picture {
        Frame frame;
        double time = 0;
    };

    virtual ~CapturedWindow() = default;
    virtual double now() = 0;  // seconds, on the clock of the events
    virtual void wait_until(double time) = 0;
    virtual std::vector<InputEvent> take_events() = 0;  // since the last call
    virtual View view() = 0;
    // As it looks now, in the window's own size; nullopt where it cannot be had.
    virtual std::optional<Picture> picture() = 0;
};

}  // namespace drift
