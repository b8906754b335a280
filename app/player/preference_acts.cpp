// What the settings page changes takes effect here.
#include <SDL.h>
#include <imgui_impl_opengl3.h>

#include <cstdlib>

#include "core/error.h"
#include "files/folders.h"
#include "player/app.h"
#include "player/panels/widgets.h"

namespace drift {

// What a network call has taken as the world computes now; asked when somebody looks, and before it computes otherwise.
void App::note_call() {
    if (const double ms = view_.meters.call_ms(); ms > 0 && view_.world)
        view_.settings_page.calls[view_.world->device] = ms;
}

void App::show_settings(bool on) {
    capture_mouse(false);
    note_call();
    view_.settings_page.open = on;
    view_.meters.pause();
    if (!on) keep_settings();
}

// Other fonts or colours.
void App::restyle() {
    theme();
    ImGui_ImplOpenGL3_DestroyFontsTexture();
    ImGui_ImplOpenGL3_CreateFontsTexture();
}

void App::take_preferences() {
    const Preferences& now = view_.preferences;
    if (!preferences_ || *preferences_ != now) {
        set_tooltip_delay(now.tooltip_delay);
        OwnFolders folders = now.folders;
        if (preferences_) folders.data = used_folders().data;  // the session that is written lies there
        use_folders(folders);
        if (preferences_ && preferences_->folders != now.folders) {  // look at them at once
            looked_at_ = library_at_ = 0;
            library_.reset();
        }
        {
            std::lock_guard lock(compute_mutex_);
            compute_ = now.compute;
        }
        const bool other_theme = preferences_ && preferences_->theme != now.theme;
        preferences_ = now;
        if (other_theme) restyle();
    }
    if (const auto folder = std::exchange(view_.settings_page.folder, {}); !folder.empty()) {
        try {
            open_outside(made(folder));  // one that cannot be made is not there
        } catch (const Error& error) {
            view_.say(error.what());
        }
    }
}

void App::look_for_user(const SDL_Event& event) {
    switch (event.type) {
        case SDL_WINDOWEVENT:
            if (event.window.event == SDL_WINDOWEVENT_FOCUS_LOST) presence_.focused = false;
            if (event.window.event == SDL_WINDOWEVENT_FOCUS_GAINED) presence_.focused = true;
            break;
        case SDL_CONTROLLERAXISMOTION:  // a stick that lies still trembles
            if (std::abs(static_cast<int>(event.caxis.value)) > 16000) presence_.touched_at = view_.now;
            break;
        case SDL_KEYDOWN:
        case SDL_MOUSEMOTION:
        case SDL_MOUSEBUTTONDOWN:
        case SDL_MOUSEWHEEL:
        case SDL_CONTROLLERBUTTONDOWN: presence_.touched_at = view_.now; break;
        default: break;
    }
}

void App::wait_for_user() {
    const std::string why = options_.driven() ? "" : why_away(presence_, view_);
    if (view_.layout.away == !why.empty()) return;
    view_.layout.away = !why.empty();
    view_.meters.pause();  // time stands still, or begins again
    view_.say(why);
    wanted_until_ = view_.now + attention;
}

}  // namespace drift
