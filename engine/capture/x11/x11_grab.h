// Pictures of a window through FFmpeg's x11grab.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "capture/captured_window.h"

namespace drift {

class X11Grab {
public:
    // Null where the window is not to be seen or gone. Throws Error where this FFmpeg cannot do it at all.
    static std::unique_ptr<X11Grab> open(const std::string& display, unsigned long window);
    ~X11Grab();

    // As it looks now, as large as it was when it was opened; nullopt where it is smaller now, hidden or gone.
    std::optional<CapturedWindow::Picture> take();

private:
    struct Input;
    explicit X11Grab(std::unique_ptr<Input> input);
    std::unique_ptr<Input> input_;
};

}  // namespace drift
