// A game for tests of capturing: a white square of one of 16 cells goes left and right by keys, at once and a cell a press; Space held turns the dark
// ground blue, the left mouse button held turns the square green, and Q ends it. square_game TITLE X Y: the window is 320 x 320 at that place.
#include <X11/XKBlib.h>
#include <X11/Xlib.h>
#include <X11/Xutil.h>

#include <cstdlib>

namespace {

constexpr int cells = 16, cell = 20, side = cells * cell;

struct Game {
    int place = 8;
    bool blue = false, green = false, ended = false;

    void key(KeySym key, bool down, bool repeated) {
        if (key == XK_space) blue = down;
        if (!down || repeated) return;
        if (key == XK_Left) place = (place + cells - 1) % cells;
        if (key == XK_Right) place = (place + 1) % cells;
        if (key == XK_q) ended = true;
    }
};

}  // namespace

int main(int argc, char** argv) {
    Display* display = argc == 4 ? XOpenDisplay(nullptr) : nullptr;
    if (!display) return 2;
    const int x = std::atoi(argv[2]), y = std::atoi(argv[3]);
    const Window window = XCreateSimpleWindow(display, DefaultRootWindow(display), x, y, side, side, 0, 0, 0);
    XStoreName(display, window, argv[1]);
    XSelectInput(display, window, ExposureMask | KeyPressMask | KeyReleaseMask | ButtonPressMask | ButtonReleaseMask);
    XkbSetDetectableAutoRepeat(display, True, nullptr);
    XMapWindow(display, window);
    const Pixmap picture = XCreatePixmap(display, window, side, side,
                                         static_cast<unsigned>(DefaultDepth(display, DefaultScreen(display))));
    GC pen = XCreateGC(display, picture, 0, nullptr);
    auto fill = [&](unsigned long colour, int left, int top, unsigned width) {
        XSetForeground(display, pen, colour);
        XFillRectangle(display, picture, pen, left, top, width, width);
    };
    Game game;
    bool held[256] = {};
    while (!game.ended) {
        fill(game.blue ? 0x000080 : 0x202020, 0, 0, side);
        fill(game.green ? 0x00ff00 : 0xffffff, game.place * cell, side / 2, cell);
        XCopyArea(display, picture, window, pen, 0, 0, side, side, 0, 0);
        XEvent event;
        XNextEvent(display, &event);
        if (event.type == KeyPress || event.type == KeyRelease) {
            bool& down = held[event.xkey.keycode & 255];
            const bool before = down;
            down = event.type == KeyPress;
            game.key(XLookupKeysym(&event.xkey, 0), down, before);
        } else if (event.type == ButtonPress || event.type == ButtonRelease) {
            if (event.xbutton.button == 1) game.green = event.type == ButtonPress;
        }
    }
    XCloseDisplay(display);
}
