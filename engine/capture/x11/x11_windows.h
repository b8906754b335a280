// What a display says of its windows.
#pragma once

#include <string>
#include <vector>

#include "capture/x11/x11_display.h"
#include "capture/x11/x11_window.h"

namespace drift {

std::vector<X11WindowFacts> list_windows(Display* display);

// See x11_window.h. Throws Error with those that there are.
X11WindowFacts find_window(Display* display, const std::string& wanted);

// Is the focus in the window, or in one that lies in it?
bool has_focus(Display* display, Window window);
// Does another window lie over a part of it, or is a part beyond the screen's edge? Where windows are composed each has a picture of its own: then no.
bool is_covered(Display* display, Window window);

}  // namespace drift
