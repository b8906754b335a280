#include "capture/x11/x11_display.h"

#include <chrono>
#include <cstdlib>
#include <utility>

#include "core/error.h"

namespace drift {
namespace {

bool failed = false, lost = false;

bool has(const char* variable) {
    const char* value = std::getenv(variable);
    return value && *value;
}

}  // namespace

OwnedDisplay open_display() {
    if (!has("DISPLAY")) {
        if (has("WAYLAND_DISPLAY"))
            throw Error(
                "driftlab capture needs X11, found Wayland alone, where no program may see another one's window or "
                "keys: "
                "start the game under XWayland, or log in to an X session");
        throw Error("expected an X display in DISPLAY, found none");
    }
    XSetErrorHandler([](Display*, XErrorEvent*) { return failed = true, 0; });
    XSetIOErrorHandler([](Display*) { return 0; });  // the one that it takes the place of ends the program
    OwnedDisplay display(XOpenDisplay(nullptr));
    if (!display)
        throw Error("expected an X display, found none that can be opened at " + shown_name(std::getenv("DISPLAY")));
    XSetIOErrorExitHandler(
        display.get(), [](Display*, void*) { lost = true; }, nullptr);
    return display;
}

double steady_seconds() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

bool x11_failed(Display* display) {
    XSync(display, False);
    return std::exchange(failed, false);
}

bool x11_lost() { return lost; }

}  // namespace drift
