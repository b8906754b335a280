// A connection to the X server, whose errors are answers and not the program's end.
#pragma once

#include <X11/Xlib.h>

#include <memory>
#include <string>

namespace drift {

struct CloseDisplay {
    void operator()(Display* display) const { XCloseDisplay(display); }
};
using OwnedDisplay = std::unique_ptr<Display, CloseDisplay>;

// To the display in DISPLAY. Throws Error where there is none, with what to do under Wayland.
OwnedDisplay open_display();

double steady_seconds();  // of std::chrono::steady_clock: the clock of a capture

// Did a request fail since the last call, as one does for a window that has just been closed? Waits for all of them.
bool x11_failed(Display* display);
// The server is gone: nothing can be asked any more.
bool x11_lost();

// Whatever Xlib gives to be freed with XFree.
struct FreeX11 {
    void operator()(void* data) const {
        if (data) XFree(data);
    }
};
template <class T>
using OwnedX11 = std::unique_ptr<T, FreeX11>;

}  // namespace drift
