#include "capture/x11/x11_windows.h"

#include <X11/Xatom.h>
#include <X11/Xutil.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "core/error.h"
#include "core/names.h"

namespace drift {
namespace {

constexpr int smallest = 16;  // pixels

struct Children {
    Window parent = 0;
    std::vector<Window> windows;  // from the lowest to the highest
};
Children children_of(Display* display, Window window) {
    Window root = 0, parent = 0, *list = nullptr;
    unsigned count = 0;
    if (!XQueryTree(display, window, &root, &parent, &list, &count)) return {};
    OwnedX11<Window> owned(list);
    return {parent, {list, list + count}};
}

// Of a property: its elements of 32 bits, or its bytes.
template <class T>
std::vector<T> property(Display* display, Window window, const char* name) {
    constexpr long longest = 1 << 16;
    Atom type = None;
    int bits = 0;
    unsigned long count = 0, rest = 0;
    unsigned char* data = nullptr;
    if (XGetWindowProperty(display, window, XInternAtom(display, name, False), 0, longest, False, AnyPropertyType,
                           &type, &bits, &count, &rest, &data) != Success)
        return {};
    OwnedX11<unsigned char> owned(data);
    if (!data || bits != (sizeof(T) == 1 ? 8 : 32)) return {};
    const T* begin = reinterpret_cast<const T*>(data);  // Xlib gives 32 bits as longs
    return {begin, begin + count};
}

std::string title_of(Display* display, Window window) {
    auto bytes = property<char>(display, window, "_NET_WM_NAME");
    if (bytes.empty()) bytes = property<char>(display, window, "WM_NAME");
    return {bytes.begin(), bytes.end()};
}

void add_titled(Display* display, Window window, std::vector<X11WindowFacts>& found) {
    XWindowAttributes facts;
    if (!XGetWindowAttributes(display, window, &facts) || facts.map_state != IsViewable || facts.c_class != InputOutput)
        return;
    if (const std::string title = title_of(display, window);
        !title.empty() && facts.width >= smallest && facts.height >= smallest)
        found.push_back({window, title, facts.width, facts.height});
}

void add_tree(Display* display, Window window, std::vector<X11WindowFacts>& found) {
    for (Window child : children_of(display, window).windows) {
        add_titled(display, child, found);
        add_tree(display, child, found);
    }
}

std::string text_of(const std::vector<X11WindowFacts>& windows) {
    std::string all;
    for (const auto& one : windows) {
        char id[32];
        std::snprintf(id, sizeof id, " (0x%lx)", one.id);
        all += (all.empty() ? "" : ", ") + shown_name(one.title) + id;
    }
    return all;
}

// Edges on the root window.
struct Box {
    int left, top, right, bottom;
    bool meets(const Box& other) const {
        return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
    }
};

}  // namespace

std::vector<X11WindowFacts> list_windows(Display* display) {
    std::vector<X11WindowFacts> found;
    const Window root = DefaultRootWindow(display);
    const auto managed = property<unsigned long>(display, root, "_NET_CLIENT_LIST");
    for (Window window : managed) add_titled(display, window, found);
    if (managed.empty()) add_tree(display, root, found);
    x11_failed(display);  // windows that went away meanwhile
    return found;
}

X11WindowFacts find_window(Display* display, const std::string& wanted) {
    if (wanted.starts_with("0x")) {
        char* end = nullptr;
        const Window id = std::strtoul(wanted.c_str(), &end, 16);
        XWindowAttributes facts{};
        const bool there = *end == '\0' && XGetWindowAttributes(display, id, &facts);
        if (x11_failed(display) || !there || facts.c_class != InputOutput)
            throw Error("--window: expected the number of a window, found " + shown_name(wanted));
        return {id, title_of(display, id), facts.width, facts.height};
    }
    const auto all = list_windows(display);
    std::vector<X11WindowFacts> same, part;
    for (const auto& one : all) {
        if (one.title == wanted) same.push_back(one);
        if (lower_case(one.title).find(lower_case(wanted)) != std::string::npos) part.push_back(one);
    }
    const auto& found = same.empty() ? part : same;
    if (found.size() == 1) return found.front();
    if (!found.empty())
        throw Error("--window: expected one window called " + shown_name(wanted) +
                    ", found several: " + text_of(found) + "; give the number in brackets");
    std::string cause = "--window: expected a window called " + shown_name(wanted) + ", found " +
                        (all.empty() ? "no window at all" : text_of(all));
    if (std::getenv("WAYLAND_DISPLAY"))
        cause +=
            "; windows of Wayland's own programs cannot be captured (SDL_VIDEODRIVER=x11 starts an SDL game under "
            "XWayland)";
    throw Error(cause);
}

bool has_focus(Display* display, Window window) {
    Window focus = None;
    int revert = 0;
    XGetInputFocus(display, &focus, &revert);
    while (focus != None && focus != PointerRoot && focus != window) focus = children_of(display, focus).parent;
    x11_failed(display);
    return focus == window;
}

bool is_covered(Display* display, Window window) {
    const std::string composer = "_NET_WM_CM_S" + std::to_string(DefaultScreen(display));
    if (XGetSelectionOwner(display, XInternAtom(display, composer.c_str(), False)) != None) return false;
    const Window root = DefaultRootWindow(display);
    auto box_of = [&](Window one) -> Box {
        XWindowAttributes facts{};
        Window ignored;
        int x = 0, y = 0;
        if (!XGetWindowAttributes(display, one, &facts) || facts.map_state != IsViewable ||
            facts.c_class != InputOutput)
            return {0, 0, 0, 0};
        const int border = one == window ? 0 : facts.border_width;
        XTranslateCoordinates(display, one, root, -border, -border, &x, &y, &ignored);
        return {x, y, x + facts.width + 2 * border, y + facts.height + 2 * border};
    };
    const Box own = box_of(window);
    bool covered = own.left < 0 || own.top < 0 || own.right > DisplayWidth(display, DefaultScreen(display)) ||
                   own.bottom > DisplayHeight(display, DefaultScreen(display));
    // Of the window and each that it lies in: those above it among its siblings.
    for (Window at = window; at != root && at != None;) {
        const Window parent = children_of(display, at).parent;
        if (parent == None) break;
        const auto siblings = children_of(display, parent).windows;
        for (auto one = std::find(siblings.begin(), siblings.end(), at); one != siblings.end(); ++one)
            covered = covered || (*one != at && own.meets(box_of(*one)));
        at = parent;
    }
    x11_failed(display);
    return covered;
}

}  // namespace drift
