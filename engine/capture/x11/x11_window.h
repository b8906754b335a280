// Windows of the X11 display in DISPLAY, to be captured. Nothing of Xlib shows here: its macros have the names of other people's values.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "capture/captured_window.h"

namespace drift {

struct X11WindowFacts {
    unsigned long id = 0;
    std::string title;
    int width = 0, height = 0;  // pixels
};
// Those that can be seen, of programs as the window manager lists them; without one, all that have a title. Throws Error without a display.
std::vector<X11WindowFacts> list_x11_windows();

// By its title, by a part of one that no other has, or by its number (0x1a00003). Throws Error with those that there are.
X11WindowFacts find_x11_window(const std::string& wanted);

// The same buttons, their keys named by place, as worlds have them: of a keyboard that has Z where an American one has Y, "Z" becomes "Y". Throws Error
// without a display.
Buttons x11_places(Buttons buttons);

// `pause_key`: as find_key() takes it; empty for none. Throws Error where FFmpeg or the server cannot, or the keyboard has not the keys.
std::unique_ptr<CapturedWindow> open_x11_window(const X11WindowFacts& window, const Buttons& buttons,
                                                const std::string& pause_key);

}  // namespace drift
