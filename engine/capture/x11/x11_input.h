// What is done in one window, out of XInput2's raw events, which tell of all windows.
#pragma once

#include <X11/extensions/XInput2.h>

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "capture/held_input.h"
#include "capture/key_names.h"
#include "capture/x11/x11_display.h"

namespace drift {

// The keycode of the key that writes this by itself, in the first of the keyboard's layouts that has it. 0: none does.
int keycode_of(Display* display, const NamedKey& key);

// Keys, buttons and motions that were not asked for are passed over where they are read: none is ever kept. Those that were come whatever window has
// the focus, with the events that say which (HeldInput drops what is not the window's).
class X11Input {
public:
    // Listens from now on. Throws Error where the server has no XInput 2.2, or the keyboard none of the keys.
    X11Input(Display* display, Window window, const Buttons& buttons, const std::string& pause_key);

    double seconds(Time server) const;  // on std::chrono::steady_clock
    // Takes a GenericEvent; others are not its own.
    void take(XEvent& event, std::vector<InputEvent>& into);

private:
    // Of a device that says where it is and not how far it went (a tablet, a virtual machine's mouse).
    struct Axis {
        bool absolute = false;
        double scale = 1;  // pixels a unit
        std::optional<double> last;
    };
    using Axes = std::array<Axis, 2>;
    static constexpr std::int8_t none = -1, pause = 100;

    void name_keys(const Buttons& buttons, const std::string& pause_key);
    void name_key(const std::string& key, std::int8_t code);
    void agree_on_time();
    void take_key(const XIRawEvent& raw, bool mouse, bool down, std::vector<InputEvent>& into) const;
    void take_motion(const XIRawEvent& raw, std::vector<InputEvent>& into);
    Axes& axes_of(int device);

    Display* display_;
    Window window_;
    int extension_ = 0;
    std::array<std::int8_t, 256> keys_;  // by keycode: the button, none or pause
    std::array<std::int8_t, 16> mouse_;  // by the mouse's button
    Time first_ = 0;                     // a time of the server, in milliseconds of 32 bits,
    double first_seconds_ = 0;           // and the same moment here
    std::map<int, Axes> axes_;
};

}  // namespace drift
