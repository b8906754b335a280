// One round of the window after the other: what happened, what came, what is to be seen; and the time between.
#include <SDL.h>
#include <imgui.h>
#include <imgui_impl_sdl.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "games/list.h"
#include "player/app.h"
#include "player/files/media_files.h"
#include "player/gl/lost_display.h"
#include "player/panels/choices.h"
#include "player/panels/closer.h"
#include "player/panels/panels.h"

namespace drift {
namespace {

constexpr double idle = 0.25;  // seconds; the longest that the window is left as it is

}  // namespace

bool App::events() {
    if (window_.minimised()) release_keys();
    bool woken = false;
    SDL_Event event;
    while (SDL_PollEvent(&event)) {
        if (event.type == woken_) {
            woken = true;
            continue;
        }
        // ImGui sees the keyboard once a picture: a key that came and went since the last one is let go after the next.
        int code = event.key.keysym.scancode;
        if (event.type == SDL_KEYDOWN) pressed_.insert(code);
        if (event.type == SDL_KEYUP && pressed_.contains(code)) released_.push_back(event);
        else ImGui_ImplSDL2_ProcessEvent(&event);
        if (event.type == SDL_KEYMAPCHANGED) view_.keyboard.take_layout(Keyboard::current());
        look_for_user(event);
        input_.handle(event, view_, generation_.keys());
        if (event.type == SDL_QUIT) ask_to_quit();
        if (event.type == SDL_DROPFILE) {
            close_page();
            take_file(event.drop.file);
            SDL_free(event.drop.file);
        }
        if (event.type == SDL_WINDOWEVENT && event.window.event == SDL_WINDOWEVENT_DISPLAY_CHANGED &&
            options_.scale == 0 && chosen_scale_ == 0)
            set_scale(window_.display_scale(), false);
        wanted_until_ = view_.now + attention;
    }
    return woken;
}

void App::release_keys() {
    for (SDL_Event& event : std::exchange(released_, {})) ImGui_ImplSDL2_ProcessEvent(&event);
    pressed_.clear();
}

void App::draw() {
    window_.begin();
    input_.update(view_, generation_.keys());
    ImVec2 size = ImGui::GetIO().DisplaySize;
    float ratio = window_.pixels_per_unit(), scale = static_cast<float>(view_.layout.scale);
    Wanted wanted{view_.layout.panels, view_.layout.dock != Dock::none && view_.dreamed(), view_.layout.zen,
                  view_.layout.reach, view_.layout.hidden_sections};
    wanted.hidden.merge(sections_of_dreams(view_));
    const Layout layout = arrange(size.x, size.y, scale, wanted);
    view_.layout.room_below =
        arrange(size.x, size.y, scale, {true, true, false, wanted.reach, wanted.hidden}).dock.height > 0;
    // A dock that the user asked for and cannot see.
    const bool crowded = wanted.dock && layout.dock.height == 0 && view_.layout.panels && !view_.layout.zen;
    if (crowded && !crowded_) view_.say("No room below the picture");
    crowded_ = crowded;
    view_.layout.full_screen = window_.full_screen();
    view_.layout.narrow = layout.drawer.has_value();
    if (view_.step) {
        Box pixels{layout.picture.x * ratio, layout.picture.y * ratio, layout.picture.width * ratio,
                   layout.picture.height * ratio};
        std::vector<Tile> tiles = scene_.tiles(view_);
        const Fit fit = scene_.draw(view_, tiles, pixels, scale * ratio, window_.pixel_height());
        picture_captions(view_, scene_, tiles, fit);
        held_keys(view_, fit);
    } else {
        empty_picture(view_, layout.picture);
    }
    for (std::size_t i = 0; i < layout.columns.size(); ++i)
        draw_column(view_, layout.columns[i], static_cast<int>(i), shelf_);
    if (layout.drawer) drawer(view_, *layout.drawer, layout.handle, shelf_);
    toolbar(view_, layout.toolbar);
    dock(view_, layout.dock, shelf_);
    time_bar(view_, layout.time, shelf_);
    panel_edges(view_, layout);
    shelf_.next_round();
    past_badge(view_, layout.picture);
    zoom_badge(view_, layout.picture);
    status_bar(view_, layout.status);
    banner(view_, layout.picture);
    first_words_over(view_, layout.picture);
    const Box above_status{0, 0, size.x, size.y - layout.status.height};  // a page may have something to say there
    help_overlay(view_, above_status);
    keys_page(view_, above_status);
    settings_page(view_, above_status);
    library_page(view_, above_status, shelf_);
    training_page(view_, above_status, shelf_);
    learn_page(view_, above_status, shelf_);
    command_palette(view_, {0, 0, size.x, size.y}, layout.picture);
    if (ask_to_watch(view_)) watch_now(std::exchange(view_.recording.asked, {}));
    window_.end();
    release_keys();
    film_window();
    if (std::exchange(picture_wanted_, false)) save_moment(screenshot_file(view_), window_.read());
    drawn_at_ = view_.now;
    view_.draws = draws_.add(view_.now);
}

// The rest of a picture's time, where the display does not wait by itself. Keys are heard as they come, and a step that comes is shown at
// once; but the network may be faster than any display.
void App::wait(double begun) {
    const double period = window_.minimised() ? 0.05 : 1 / window_.refresh_rate();
    for (double rest = begun + period - seconds(); rest > 0.001 && !quit_; rest = begun + period - seconds()) {
        if (SDL_WaitEventTimeout(nullptr, std::max(1, static_cast<int>(rest * 1000))) == 0) continue;
        if (events() && seconds() >= woken_at_ + period) {
            woken_at_ = seconds();
            return;
        }
    }
}

// An export that is not done would be lost: who asks again while that is said means it.
void App::ask_to_quit() {
    constexpr double meant = 6;  // seconds
    quit_ = quit_ || !exporter_ || view_.now < quit_asked_at_ + meant;
    if (quit_) return;
    quit_asked_at_ = view_.now;
    view_.say("An export is not done yet. Quit again to stop it and quit");
}

void App::show() {
    window_.show();
    const auto now = Pacer::Clock::now();
    for (const auto at : std::exchange(answers_, {}))
        view_.meters.answer(std::chrono::duration<double, std::milli>(now - at).count());
}

void App::say_latency() const {
    const Meters& meters = view_.meters;
    if (meters.answers() == 0) return;
    spdlog::info(
        "key to picture: median {:.0f} ms, 99th percentile {:.0f} ms, of {} key events; frame: median {:.0f} ms",
        meters.answer_ms(0.5), meters.answer_ms(0.99), meters.answers(), meters.step_ms(0.5));
}

int App::run() {
    const auto end_play = [this] { leave_games(), generation_.finish(); };
    when_display_is_lost([this, end_play] {
        keep_settings();
        if (window_recorder_) record_window();
        end_play();
    });
    while (!quit_) {
        double begun = view_.now = seconds();
        view_.looks = looks_.add(begun);
        events();
        wait_for_user();
        Delivery delivery = generation_.take();
        const bool ended = delivery.finished;
        receive(std::move(delivery));
        send();
        bool drawn = !window_.minimised() &&
                     (!window_.software() || view_.now <= wanted_until_ || view_.now >= drawn_at_ + idle);
        quit_ = quit_ || (ended && options_.driven());
        if (quit_ || drawn) draw();
        if (quit_ && options_.screenshot) save_picture(*options_.screenshot, window_.read());
        if (drawn) show();
        if (!quit_) wait(begun);
    }
    if (options_.driven()) say_latency();
    keep_settings();
    if (window_recorder_) record_window();
    std::error_code error;
    if (options_.driven() && options_.record && !std::filesystem::exists(*options_.record, error)) failed_ = true;
    when_display_is_lost({});
    window_.hide();  // gone at once, even where a slow frame is still to end
    end_play();
    if (const auto sessions = sessions_folder(); !options_.driven() && !sessions.empty()) tidy_sessions(sessions);
    return failed_ && (options_.driven() || !view_.world) ? 1 : 0;
}

}  // namespace drift
