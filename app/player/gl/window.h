// The window: SDL, the GL context and Dear ImGui's two back ends, made and ended together on one thread.
#pragma once

#include <string>

#include "core/frame.h"

struct SDL_Window;

namespace drift {

class Window {
public:
    // A side of 0 takes what suits the display; none is larger than it. Throws Error with one sentence where there is no display or no OpenGL 3.3.
    Window(const std::string& title, int width, int height);
    ~Window();
    Window(const Window&) = delete;
    Window& operator=(const Window&) = delete;

    SDL_Window* handle() const { return window_; }
    int pixel_width() const;
    int pixel_height() const;
    float pixels_per_unit() const;  // 2 on a display whose window units are two pixels wide
    bool minimised() const;
    bool full_screen() const;
    void set_full_screen(bool on);
    void hide();
    // Of text: 1 where the display says nothing, or 96 dots an inch; steps of a quarter.
    double display_scale() const;
    double refresh_rate() const;  // of the display it is on
    bool software() const { return software_; }
    const std::string& renderer() const { return renderer_; }

    void begin();        // clears, begins ImGui's picture
    void end();          // draws ImGui's picture over what was drawn
    void show();         // swaps; waits for the display where it has a rate
    Frame read() const;  // what was drawn, before show

private:
    SDL_Window* window_ = nullptr;
    void* context_ = nullptr;
    std::string renderer_;
    bool software_ = false;
};

}  // namespace drift
