#include "player/gl/window.h"

#include <SDL.h>
#include <epoxy/gl.h>
#include <imgui.h>
#include <imgui_impl_opengl3.h>
#include <imgui_impl_sdl.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "core/error.h"
#include "player/gl/icon.h"
#include "player/theme.h"

namespace drift {
namespace {

constexpr int least_width = 160, least_height = 120;

std::string sdl_error() {
    std::string text = printable(SDL_GetError());
    return text.empty() ? "SDL gives no reason" : text;
}

void set_icon(SDL_Window* window) {
    constexpr int side = 128;
    std::vector<std::uint8_t> pixels = window_icon(side);
    SDL_Surface* icon =
        SDL_CreateRGBSurfaceWithFormatFrom(pixels.data(), side, side, 32, 4 * side, SDL_PIXELFORMAT_RGBA32);
    if (!icon) return;  // the desktop's own will do
    SDL_SetWindowIcon(window, icon);
    SDL_FreeSurface(icon);
}

}  // namespace

Window::Window(const std::string& title, int width, int height) {
    // The software renderer would take every core for the window; the model needs them. Read when the context is made.
    setenv("LP_NUM_THREADS", "1", 0);
    SDL_SetHint(SDL_HINT_VIDEO_X11_NET_WM_BYPASS_COMPOSITOR, "0");
    SDL_SetHint(SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "1");
    if (SDL_Init(SDL_INIT_VIDEO) != 0)
        throw Error("The player needs a display: " + sdl_error() + ". driftlab works without one.");
    // Where there is no display SDL may fall back to drawing that no one sees.
    std::string driver = SDL_GetCurrentVideoDriver();
    if ((driver == "offscreen" || driver == "dummy") && !std::getenv("SDL_VIDEODRIVER")) {
        SDL_Quit();
        throw Error(
            "The player needs a display: neither DISPLAY nor WAYLAND_DISPLAY leads to one. driftlab works without "
            "one.");
    }
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_PROFILE_MASK, SDL_GL_CONTEXT_PROFILE_CORE);
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_MAJOR_VERSION, 3);
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_MINOR_VERSION, 3);
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_FLAGS, SDL_GL_CONTEXT_FORWARD_COMPATIBLE_FLAG);
    SDL_GL_SetAttribute(SDL_GL_DOUBLEBUFFER, 1);
    SDL_GL_SetAttribute(SDL_GL_DEPTH_SIZE, 0);
    if (width <= 0 || height <= 0) {
        SDL_Rect display{0, 0, 1280, 800};
        SDL_GetDisplayUsableBounds(0, &display);
        // Most of the display, but a picture in bricks' shape gains nothing from more width than this.
        height = std::min(display.h * 9 / 10, 1440);
        width = std::min(display.w * 9 / 10, height * 8 / 5);
        if (display.w <= 1280 || display.h <= 800) width = std::min(display.w, 1280), height = std::min(display.h, 800);
    }
    if (SDL_Rect all; SDL_GetDisplayBounds(0, &all) == 0)
        width = std::min(width, all.w), height = std::min(height, all.h);
    window_ = SDL_CreateWindow(title.c_str(), SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED,
                               std::max(width, least_width), std::max(height, least_height),
                               SDL_WINDOW_OPENGL | SDL_WINDOW_RESIZABLE | SDL_WINDOW_ALLOW_HIGHDPI);
    if (window_) context_ = SDL_GL_CreateContext(window_);
    if (!context_) {
        std::string cause = sdl_error();
        if (window_) SDL_DestroyWindow(window_);
        SDL_Quit();
        throw Error("The player needs OpenGL 3.3: " + cause + ". driftlab works without it.");
    }
    set_icon(window_);
    SDL_SetWindowMinimumSize(window_, least_width, least_height);
    SDL_GL_SetSwapInterval(1);
    renderer_ = reinterpret_cast<const char*>(glGetString(GL_RENDERER));
    software_ = renderer_.find("llvmpipe") != renderer_.npos || renderer_.find("softpipe") != renderer_.npos;
    IMGUI_CHECKVERSION();
    ImGui::CreateContext();
    ImGui::GetIO().IniFilename = nullptr;  // the layout follows the window; what is kept is in settings.toml
    ImGui_ImplSDL2_InitForOpenGL(window_, context_);
    ImGui_ImplOpenGL3_Init("#version 330 core");
}

Window::~Window() {
    ImGui_ImplOpenGL3_Shutdown();
    ImGui_ImplSDL2_Shutdown();
    ImGui::DestroyContext();
    SDL_GL_DeleteContext(context_);
    SDL_DestroyWindow(window_);
    SDL_Quit();
}

int Window::pixel_width() const {
    int width = 0, height = 0;
    SDL_GL_GetDrawableSize(window_, &width, &height);
    return width;
}

int Window::pixel_height() const {
    int width = 0, height = 0;
    SDL_GL_GetDrawableSize(window_, &width, &height);
    return height;
}

float Window::pixels_per_unit() const {
    int width = 0, height = 0;
    SDL_GetWindowSize(window_, &width, &height);
    return width > 0 ? std::max(1.0f, static_cast<float>(pixel_width()) / static_cast<float>(width)) : 1.0f;
}

bool Window::minimised() const {
    return (SDL_GetWindowFlags(window_) & (SDL_WINDOW_MINIMIZED | SDL_WINDOW_HIDDEN)) != 0;
}
bool Window::full_screen() const { return (SDL_GetWindowFlags(window_) & SDL_WINDOW_FULLSCREEN_DESKTOP) != 0; }
void Window::set_full_screen(bool on) { SDL_SetWindowFullscreen(window_, on ? SDL_WINDOW_FULLSCREEN_DESKTOP : 0); }
void Window::hide() { SDL_HideWindow(window_); }

double Window::display_scale() const {
    float dots = 96;
    int display = std::max(0, SDL_GetWindowDisplayIndex(window_));
    if (SDL_GetDisplayDPI(display, nullptr, &dots, nullptr) != 0) return 1;
    // Where window units are larger than pixels the system scales already.
    double scale = std::floor(dots / 96 / pixels_per_unit() * 4 + 0.5) / 4;
    return scale < 1.25 ? 1 : std::min(scale, 3.0);  // monitors that state 100 to 115 dots are meant to be 1
}

double Window::refresh_rate() const {
    SDL_DisplayMode mode;
    if (software_ || SDL_GetCurrentDisplayMode(std::max(0, SDL_GetWindowDisplayIndex(window_)), &mode) != 0 ||
        mode.refresh_rate <= 0)
        return 60;
    return mode.refresh_rate;
}

void Window::begin() {
    glViewport(0, 0, pixel_width(), pixel_height());
    glDisable(GL_SCISSOR_TEST);
    glDisable(GL_FRAMEBUFFER_SRGB);  // bytes go out as they are
    const auto& back = palette::back;
    glClearColor(back.x, back.y, back.z, 1);
    glClear(GL_COLOR_BUFFER_BIT);
    ImGui_ImplOpenGL3_NewFrame();
    ImGui_ImplSDL2_NewFrame();
    // The back end asks for the place on the desktop, which on some X servers stands still while a button is held: sliders would not
    // follow. The window's own events know better.
    if (SDL_GetMouseFocus() == window_ || (SDL_GetWindowFlags(window_) & SDL_WINDOW_MOUSE_CAPTURE) != 0) {
        int x = 0, y = 0;
        SDL_GetMouseState(&x, &y);
        ImGui::GetIO().MousePos = {static_cast<float>(x), static_cast<float>(y)};
    }
    ImGui::NewFrame();
}

void Window::end() {
    ImGui::Render();
    ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
}

void Window::show() { SDL_GL_SwapWindow(window_); }

Frame Window::read() const {
    Frame upside_down(pixel_width(), pixel_height()), frame(upside_down.width, upside_down.height);
    glPixelStorei(GL_PACK_ALIGNMENT, 1);
    glReadBuffer(GL_BACK);
    glReadPixels(0, 0, frame.width, frame.height, GL_RGB, GL_UNSIGNED_BYTE, upside_down.rgb.data());
    for (int y = 0; y < frame.height; ++y)
        std::copy_n(upside_down.at(0, frame.height - 1 - y), frame.width * 3, frame.at(0, y));
    return frame;
}

}  // namespace drift
