#include "capture/x11/x11_window.h"

#include <poll.h>

#include <algorithm>
#include <utility>

#include "capture/x11/x11_grab.h"
#include "capture/x11/x11_input.h"
#include "capture/x11/x11_windows.h"

namespace drift {
namespace {

class X11Window : public CapturedWindow {
public:
    X11Window(OwnedDisplay display, Window window, const Buttons& buttons, const std::string& pause_key)
        : owned_(std::move(display)),
          display_(owned_.get()),
          window_(window),
          input_(display_, window_, buttons, pause_key) {
        XSelectInput(display_, window_, StructureNotifyMask | VisibilityChangeMask);
        // What held when the first event was asked for; each that follows corrects it.
        covered_ = is_covered(display_, window_);
        if (has_focus(display_, window_)) events_.push_back({now(), InputEvent::What::focus});
        XWindowAttributes facts{};
        if (!XGetWindowAttributes(display_, window_, &facts)) closed_ = true;
        else unmapped_ = facts.map_state != IsViewable;
        x11_failed(display_);
        grab();
    }

    double now() override { return steady_seconds(); }

    void wait_until(double time) override {
        for (listen(); !x11_lost(); listen()) {
            const double left = time - now();
            if (left <= 0) return;
            const timespec most{static_cast<time_t>(left), static_cast<long>((left - static_cast<long>(left)) * 1e9)};
            pollfd server{ConnectionNumber(display_), POLLIN, 0};
            ::ppoll(&server, 1, &most, nullptr);
        }
    }

    std::vector<InputEvent> take_events() override {
        if (!x11_lost()) XSync(display_, False);  // all that happened until now is here then
        listen();
        return std::exchange(events_, {});
    }

    View view() override {
        if (closed_ || x11_lost()) return View::closed;
        return covered_ || unmapped_ ? View::hidden : View::seen;
    }

    std::optional<Picture> picture() override {
        auto taken = grab();
        if (taken) return taken;
        // Minimised by the window around it, or beyond the screen's edge, of which nothing is said; or closed.
        XWindowAttributes facts;
        const bool there = !x11_lost() && XGetWindowAttributes(display_, window_, &facts);
        if (x11_lost() || x11_failed(display_) || !there) closed_ = true;
        return std::nullopt;
    }

private:
    void listen() {
        while (!x11_lost() && XPending(display_) > 0) {
            XEvent event;
            XNextEvent(display_, &event);
            input_.take(event, events_);
            if (event.xany.window != window_) continue;
            switch (event.type) {
                case DestroyNotify: closed_ = true; break;
                case UnmapNotify: unmapped_ = true; break;
                case MapNotify: unmapped_ = false; break;
                case VisibilityNotify: covered_ = event.xvisibility.state != VisibilityUnobscured; break;
                case ConfigureNotify: {
                    const std::pair size(event.xconfigure.width, event.xconfigure.height);
                    if (std::exchange(size_, size) != size) grab_.reset();
                    break;
                }
                default: break;
            }
        }
    }

    std::optional<Picture> grab() {
        if (closed_ || x11_lost()) return std::nullopt;
        if (!grab_) grab_ = X11Grab::open(DisplayString(display_), window_);
        if (!grab_) return std::nullopt;
        auto taken = grab_->take();
        if (!taken) grab_.reset();
        return taken;
    }

    OwnedDisplay owned_;
    Display* display_;
    Window window_;
    X11Input input_;
    std::unique_ptr<X11Grab> grab_;
    std::vector<InputEvent> events_;
    std::pair<int, int> size_;
    bool covered_ = false, unmapped_ = false, closed_ = false;
};

}  // namespace

std::vector<X11WindowFacts> list_x11_windows() { return list_windows(open_display().get()); }

X11WindowFacts find_x11_window(const std::string& wanted) { return find_window(open_display().get(), wanted); }

Buttons x11_places(Buttons buttons) {
    const OwnedDisplay display = open_display();
    for (auto& button : buttons.buttons)
        for (std::string& key : button.keys) {
            const NamedKey named = find_key(key);
            const std::string place = named.mouse > 0 ? "" : place_name(keycode_of(display.get(), named));
            if (!place.empty()) key = place;
        }
    return buttons;
}

std::unique_ptr<CapturedWindow> open_x11_window(const X11WindowFacts& window, const Buttons& buttons,
                                                const std::string& pause_key) {
    return std::make_unique<X11Window>(open_display(), window.id, buttons, pause_key);
}

}  // namespace drift
