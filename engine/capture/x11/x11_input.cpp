#include "capture/x11/x11_input.h"

#include <X11/XKBlib.h>
#include <X11/Xatom.h>

#include <algorithm>

#include "capture/x11/x11_windows.h"
#include "core/error.h"

namespace drift {
namespace {

// Of all keyboards and mice.
void select_events(Display* display, Window window, const std::vector<int>& kinds) {
    std::array<unsigned char, XIMaskLen(XI_LASTEVENT)> bits{};
    for (int kind : kinds) XISetMask(bits.data(), kind);
    XIEventMask mask{XIAllMasterDevices, static_cast<int>(bits.size()), bits.data()};
    XISelectEvents(display, window, &mask, 1);
}

}  // namespace

int keycode_of(Display* display, const NamedKey& key) {
    const KeySym wanted = XStringToKeysym(key.x11.c_str());
    int least = 0, most = 0;
    XDisplayKeycodes(display, &least, &most);
    for (unsigned level = 0; level < 2; ++level)  // the keypad's digits stand on its second level
        for (unsigned group = 0; group < 4; ++group)
            for (int i = least; i <= most; ++i)
                if (XkbKeycodeToKeysym(display, static_cast<KeyCode>(i), group, level) == wanted) return i;
    return 0;
}

X11Input::X11Input(Display* display, Window window, const Buttons& buttons, const std::string& pause_key)
    : display_(display), window_(window) {
    int event = 0, error = 0, major = 2, minor = 2;
    if (!XQueryExtension(display, "XInputExtension", &extension_, &event, &error) ||
        XIQueryVersion(display, &major, &minor) != Success || major * 10 + minor < 22)
        throw Error("expected an X server with XInput 2.2, found one without");
    name_keys(buttons, pause_key);
    agree_on_time();
    std::vector<int> kinds{XI_RawKeyPress, XI_RawKeyRelease};
    if (std::any_of(mouse_.begin(), mouse_.end(), [](std::int8_t code) { return code != none; }))
        kinds.insert(kinds.end(), {XI_RawButtonPress, XI_RawButtonRelease});
    if (buttons.mouse()) kinds.push_back(XI_RawMotion);
    select_events(display, window, {XI_FocusIn, XI_FocusOut});
    select_events(display, DefaultRootWindow(display), kinds);
    x11_failed(display);
}

void X11Input::name_keys(const Buttons& buttons, const std::string& pause_key) {
    keys_.fill(none), mouse_.fill(none);
    for (std::size_t i = 0; i < buttons.buttons.size(); ++i)
        for (const std::string& key : buttons.buttons[i].keys) name_key(key, static_cast<std::int8_t>(i));
    if (!pause_key.empty()) name_key(pause_key, pause);
}

void X11Input::name_key(const std::string& text, std::int8_t code) {
    const NamedKey key = find_key(text);
    std::int8_t* place = nullptr;
    if (key.mouse > 0) {
        place = &mouse_.at(static_cast<std::size_t>(key.mouse));
    } else {
        const int keycode = keycode_of(display_, key);
        if (keycode > 0) place = &keys_.at(static_cast<std::size_t>(keycode));
    }
    if (!place) throw Error("expected a keyboard with the key " + key.name + ", found none in its layout");
    if (*place != none)
        throw Error("expected each key once, found " + key.name + " twice; --pause-key names another one");
    *place = code;
}

// The server stamps a change of a property that we make: its time lies between our times before and after.
void X11Input::agree_on_time() {
    const Window own = XCreateSimpleWindow(display_, DefaultRootWindow(display_), 0, 0, 1, 1, 0, 0, 0);
    XSelectInput(display_, own, PropertyChangeMask);
    double best = 1e9;
    for (int i = 0; i < 10; ++i) {
        const double before = steady_seconds();
        XChangeProperty(display_, own, XA_WM_NAME, XA_STRING, 8, PropModeReplace, nullptr, 0);
        XEvent event;
        XWindowEvent(display_, own, PropertyChangeMask, &event);
        const double took = steady_seconds() - before;
        if (took >= best) continue;
        best = took, first_ = event.xproperty.time, first_seconds_ = before + took / 2;
    }
    XDestroyWindow(display_, own);
}

double X11Input::seconds(Time server) const {
    const auto since =
        static_cast<std::int32_t>(static_cast<std::uint32_t>(server) - static_cast<std::uint32_t>(first_));
    return first_seconds_ + since / 1000.0;
}

void X11Input::take(XEvent& event, std::vector<InputEvent>& into) {
    XGenericEventCookie& cookie = event.xcookie;
    if (event.type != GenericEvent || cookie.extension != extension_ || !XGetEventData(display_, &cookie)) return;
    const auto& raw = *static_cast<const XIRawEvent*>(cookie.data);
    switch (cookie.evtype) {
        case XI_RawKeyPress:
        case XI_RawKeyRelease: take_key(raw, false, cookie.evtype == XI_RawKeyPress, into); break;
        case XI_RawButtonPress:
        case XI_RawButtonRelease: take_key(raw, true, cookie.evtype == XI_RawButtonPress, into); break;
        case XI_RawMotion: take_motion(raw, into); break;
        case XI_FocusIn:
        case XI_FocusOut: {
            const auto& focus = *static_cast<const XIFocusInEvent*>(cookie.data);
            const bool in = cookie.evtype == XI_FocusIn;
            // Within the window it goes to and fro; and where no window has it, it is said of the one under the pointer.
            if (focus.detail == XINotifyPointer || (!in && focus.detail == XINotifyInferior)) break;
            into.push_back({seconds(focus.time), in ? InputEvent::What::focus : InputEvent::What::focus_lost});
            break;
        }
        default: break;
    }
    XFreeEventData(display_, &cookie);
}

void X11Input::take_key(const XIRawEvent& raw, bool mouse, bool down, std::vector<InputEvent>& into) const {
    const auto number = static_cast<std::size_t>(raw.detail);
    const std::int8_t code =
        mouse ? (number < mouse_.size() ? mouse_[number] : none) : (number < keys_.size() ? keys_[number] : none);
    if (code == none || (code == pause && !down)) return;
    const auto what = code == pause ? InputEvent::What::pause_key
                      : down        ? InputEvent::What::press
                                    : InputEvent::What::release;
    into.push_back({seconds(raw.time), what, code == pause ? 0 : code});
}

void X11Input::take_motion(const XIRawEvent& raw, std::vector<InputEvent>& into) {
    Axes& axes = axes_of(raw.sourceid > 0 ? raw.sourceid : raw.deviceid);
    std::array<double, 2> way{};
    const double* value = raw.raw_values;
    for (int i = 0; i < std::min(2, raw.valuators.mask_len * 8); ++i) {
        if (!XIMaskIsSet(raw.valuators.mask, i)) continue;
        const double now = *value++;
        Axis& axis = axes[static_cast<std::size_t>(i)];
        way[static_cast<std::size_t>(i)] = axis.absolute ? (now - axis.last.value_or(now)) * axis.scale : now;
        axis.last = now;
    }
    if (way[0] != 0 || way[1] != 0) into.push_back({seconds(raw.time), InputEvent::What::motion, 0, way[0], way[1]});
}

X11Input::Axes& X11Input::axes_of(int device) {
    auto [at, fresh] = axes_.emplace(device, Axes{});
    if (!fresh) return at->second;
    int count = 0;
    XIDeviceInfo* facts = XIQueryDevice(display_, device, &count);
    const double pixels[] = {static_cast<double>(DisplayWidth(display_, DefaultScreen(display_))),
                             static_cast<double>(DisplayHeight(display_, DefaultScreen(display_)))};
    for (int i = 0; facts && count == 1 && i < facts->num_classes; ++i) {
        if (facts->classes[i]->type != XIValuatorClass) continue;
        const auto& axis = *reinterpret_cast<const XIValuatorClassInfo*>(facts->classes[i]);
        if (axis.number < 0 || axis.number > 1 || axis.mode != XIModeAbsolute || axis.max <= axis.min) continue;
        at->second[static_cast<std::size_t>(axis.number)] = {true, pixels[axis.number] / (axis.max - axis.min),
                                                             std::nullopt};
    }
    if (facts) XIFreeDeviceInfo(facts);
    return at->second;
}

}  // namespace drift
