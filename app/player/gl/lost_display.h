// What is still done when the X server goes away while the window is open: the user has logged out, or the server has ended.
#pragma once

#include <functional>

namespace drift {

// Xlib would end the program from within a call of its own, by exit(), under threads that still work. In place of that `last` is called, once,
// on the thread that draws, which this is called on; it may use no display, is given five seconds, and the program ends with exit code 1. An empty
// one takes that back. Elsewhere than under X11 this does nothing: there SDL says when the window is to close.
void when_display_is_lost(std::function<void()> last);

}  // namespace drift
