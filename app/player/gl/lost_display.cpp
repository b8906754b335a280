#include "player/gl/lost_display.h"

#include <dlfcn.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <thread>
#include <utility>

namespace drift {
namespace {

constexpr unsigned patience = 5;  // seconds

std::function<void()> last_act;
std::thread::id drawing;

[[noreturn]] int lost(void*) {
    if (std::this_thread::get_id() != drawing)  // who draws will notice, too, and knows what there is to keep
        std::this_thread::sleep_for(std::chrono::seconds(patience));
    else if (auto act = std::exchange(last_act, {})) {
        alarm(patience);  // ends the program
        std::fputs("driftscope: the display has gone: what was recorded is kept\n", stderr);
        act();
    }
    _exit(1);
}

}  // namespace

void when_display_is_lost(std::function<void()> last) {
    last_act = std::move(last);
    drawing = std::this_thread::get_id();
    // The one that SDL has loaded, where it draws by X11.
    void* x11 = dlopen("libX11.so.6", RTLD_NOW | RTLD_NOLOAD);
    if (!x11) return;
    using Handler = int (*)(void* display);
    using SetHandler = Handler (*)(Handler);
    if (auto set = reinterpret_cast<SetHandler>(dlsym(x11, "XSetIOErrorHandler"))) set(last_act ? lost : nullptr);
    dlclose(x11);  // SDL keeps it
}

}  // namespace drift
