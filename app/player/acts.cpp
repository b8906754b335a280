// What the player's own keys and buttons do.
#include <SDL.h>
#include <imgui.h>
#include <imgui_internal.h>

#include <algorithm>
#include <utility>

#include "core/error.h"
#include "player/app.h"
#include "player/bookmarks.h"
#include "player/files/table_file.h"
#include "player/lanes.h"
#include "player/panels/choices.h"
#include "player/panels/difference_row.h"
#include "player/panels/futures.h"
#include "player/panels/preset_row.h"

namespace drift {

// While it is captured its motion is the world's alone: the pointer is gone, and the panels do not see it.
void App::capture_mouse(bool on) {
    if (on == view_.mouse_captured) return;
    view_.mouse_captured = on;
    SDL_SetRelativeMouseMode(on ? SDL_TRUE : SDL_FALSE);
    ImGuiIO& io = ImGui::GetIO();
    io.ConfigFlags = on ? io.ConfigFlags | ImGuiConfigFlags_NoMouse : io.ConfigFlags & ~ImGuiConfigFlags_NoMouse;
    input_.release_all(generation_.keys());
    if (on) view_.say("The mouse now turns the view. Press Esc to free it");
}

void App::set_scale(double scale, bool chosen) {
    view_.layout.scale = scale;
    chosen_scale_ = chosen ? scale : 0;
    restyle();
}

// The film strip wants the frame that stands there made again, with all its noise levels kept.
void App::show_dock(Dock dock) {
    view_.layout.dock = dock;
    if (dock != Dock::none) view_.layout.panels = true, view_.layout.zen = false;  // or it could not be seen
    // Where it plays the next frame shows itself, and looking must not go back to one that is not the newest any more.
    if (dock == Dock::film && view_.step && view_.paused())
        view_.commands.push_back({Command::Kind::seek_to, view_.step->position});
}

// Over the picture, with the keyboard: the mouse is needed there.
void App::show_help(bool on) {
    capture_mouse(false);
    view_.layout.help = on;
    view_.meters.pause();  // time stands still, or begins again
}

void App::show_keys(bool on) {
    capture_mouse(false);
    const bool changed = view_.keys_page.changed;
    view_.keys_page = {};
    view_.keys_page.open = on, view_.keys_page.changed = changed;
    view_.meters.pause();
}

// What lies over the picture. False: nothing does.
bool App::close_page() {
    if (view_.layout.help) show_help(false);
    else if (view_.keys_page.open) show_keys(false);
    else if (view_.settings_page.open) show_settings(false);
    else if (view_.library.open) show_library(false);
    else if (view_.training.open) show_training(false);
    else if (view_.learn.open) show_learn(false);
    else return false;
    return true;
}

// One at a time.
void App::turn_page(bool open, void (App::*show)(bool)) {
    close_page();
    view_.layout.palette = false;
    if (!open) (this->*show)(true);
}

void App::keep_keys() {
    if (!std::exchange(view_.keys_page.changed, false)) return;
    try {
        keys_file_.save(view_.keyboard.own);
    } catch (const Error& error) {
        warn(error.what());
    }
}

// A menu or an open list first, then what lies over the picture.
void App::close() {
    if (int open = ImGui::GetCurrentContext()->OpenPopupStack.Size; open > 0) ImGui::ClosePopupToLevel(open - 1, true);
    else if (close_page()) return;
    else if (view_.layout.narrow && view_.layout.drawer) view_.layout.drawer = false;
    else if (view_.layout.zen) view_.layout.zen = false;
    else if (window_.full_screen()) window_.set_full_screen(false);
}

void App::perform(Act act) {
    if (about_dream(act) && !view_.dreamed())
        return view_.say("The real game plays alone: choose a world in the World panel to dream beside it");
    switch (act) {
        case Act::pause: view_.pause(!view_.playback.paused()); break;
        case Act::step_once:
            if (!view_.playback.paused()) view_.pause(true);
            view_.commands.push_back({Command::Kind::step_once});
            break;
        case Act::rewind: view_.meters.pause(); break;
        case Act::step_back:
            if (!view_.playback.paused()) view_.pause(true);
            view_.commands.push_back({Command::Kind::step_back});
            break;
        case Act::bookmark: set_bookmark(view_, scratch_.next("bookmark")); break;
        case Act::undo: undo_.undo(view_); break;
        case Act::redo: undo_.redo(view_); break;
        case Act::save_slot:
        case Act::load_slot: break;  // the input sees which
        case Act::add_lane: add_lane(view_); break;
        case Act::next_lane: choose_next_lane(view_); break;
        case Act::dock:
            show_dock(view_.layout.dock == Dock::futures ? Dock::none
                                                         : static_cast<Dock>(static_cast<int>(view_.layout.dock) + 1));
            break;
        case Act::plots: show_dock(view_.layout.dock == Dock::drift ? Dock::none : Dock::drift); break;
        case Act::film_strip: show_dock(view_.layout.dock == Dock::film ? Dock::none : Dock::film); break;
        case Act::futures: imagine_futures(view_); break;
        case Act::slow:
            set_speed(view_, view_.playback.speed == slow_speed && !view_.playback.turbo ? 1 : slow_speed);
            break;
        case Act::wipe:
            view_.closer.wipe = !view_.closer.wipe;
            if (view_.closer.wipe && !wiping(view_)) {
                view_.closer.wipe = false;
                view_.say("A wipe needs two pictures: a real game, or another lane");
            }
            break;
        case Act::loupe:
            view_.closer.loupe = !view_.closer.loupe;
            view_.pixels.clear();
            if (view_.closer.loupe) view_.say("Loupe: move the mouse over a picture");
            break;
        case Act::zen: view_.layout.zen = !view_.layout.zen; break;
        case Act::slower: change_speed(view_, -1); break;
        case Act::faster: change_speed(view_, 1); break;
        case Act::live:
            if (view_.history.end() > 0) {
                view_.pause(true);
                view_.commands.push_back({Command::Kind::seek_to, view_.history.end() - 1});
            }
            break;
        case Act::previous_timeline:
            if (view_.history.ghost().empty()) view_.say("There is no previous timeline to return to");
            else view_.commands.push_back({Command::Kind::return_to_left});
            break;
        case Act::turbo:
            view_.playback.turbo = !view_.playback.turbo;
            view_.meters.pause();
            break;
        case Act::look_ahead: view_.playback.look_ahead = !view_.playback.look_ahead; break;
        case Act::hold_rate: set_hold(view_, !view_.playback.hold.on); break;
        case Act::reset_settings:
            if (!view_.world) break;
            if (view_.recorded(view_.lanes.chosen)) view_.say(fixed_reason(view_));
            else view_.settings() = view_.world->defaults, view_.say("All settings are the world's defaults");
            break;
        case Act::next_episode:
        case Act::restart:
            view_.commands.push_back({act == Act::restart || view_.playback.seed_locked ? Command::Kind::restart
                                                                                        : Command::Kind::next_seed});
            if (view_.game_stopped() && !view_.dreamed()) view_.pause(false);  // it stood still with its game
            break;
        case Act::lock_seed:
            view_.playback.seed_locked = !view_.playback.seed_locked;
            view_.say(view_.playback.seed_locked ? "Seed locked: new episodes start with it again" : "Seed unlocked");
            break;
        case Act::truth:
            view_.layout.truth = !view_.layout.truth;
            if (view_.layout.truth && view_.step && view_.step->truth.empty())
                view_.say(view_.game_stopped() ? "The real game has stopped: see Truth"
                                               : "This world has no game to show");
            break;
        case Act::restart_game:
            if (!view_.game_stopped()) return view_.say("The real game has not stopped");
            view_.commands.push_back({Command::Kind::restart_truth});
            view_.say("Starting the real game again ...");
            if (!view_.dreamed()) view_.pause(false);  // it stood still with it
            break;
        case Act::difference: cycle_difference(view_); break;
        case Act::flip_ab: flip_ab(view_); break;
        case Act::hand_over:
            if (view_.world && (view_.world->policy || view_.world->recorded)) {
                view_.playback.policy = !view_.playback.policy;
                view_.say(!view_.playback.policy ? "You have control now"
                          : view_.world->recorded
                              ? (view_.step && !view_.step->truth_lost.empty()
                                     ? "The recording has control again after R or N, or where you rewind to it"
                                     : "The recording has control")
                              : "The world's own player has control");
            } else {
                view_.say("This world has no player of its own");
            }
            break;
        case Act::capture_mouse:
            view_.takes_mouse() ? capture_mouse(true) : view_.say("This world takes no mouse");
            break;
        case Act::free_mouse: capture_mouse(false); break;
        case Act::panels:
            if (view_.layout.narrow) view_.layout.drawer = !view_.layout.drawer;
            else view_.layout.panels = !view_.layout.panels;
            break;
        case Act::full_screen: window_.set_full_screen(!window_.full_screen()); break;
        case Act::screenshot: picture_wanted_ = true; break;
        case Act::record: record(); break;
        case Act::record_past: record_past(); break;
        case Act::record_window: record_window(); break;
        case Act::take_over:
            if (view_.recording.watch) view_.commands.push_back({Command::Kind::take_over_session});
            break;
        case Act::verify:
            if (view_.recording.watch) view_.commands.push_back({Command::Kind::check_session});
            break;
        case Act::export_table: save_table(view_); break;
        case Act::back_to_game: back_to_game(); break;
        case Act::export_session: export_session(); break;
        case Act::stop_export:
            if (exporter_) exporter_->stop();
            break;
        case Act::command_palette:
            capture_mouse(false);
            close_page();
            view_.layout.palette = !view_.layout.palette;
            break;
        case Act::library: turn_page(view_.library.open, &App::show_library); break;
        case Act::help: turn_page(view_.layout.help, &App::show_help); break;
        case Act::change_keys: turn_page(view_.keys_page.open, &App::show_keys); break;
        case Act::training_page:
            view_.training.file.empty() ? view_.say("This world's folder has no page of its training")
                                        : turn_page(view_.training.open, &App::show_training);
            break;
        case Act::learn_page: turn_page(view_.learn.open, &App::show_learn); break;
        case Act::settings_page: turn_page(view_.settings_page.open, &App::show_settings); break;
        case Act::held_keys: view_.layout.held_keys = !view_.layout.held_keys; break;
        case Act::close: close(); break;
        case Act::larger:
        case Act::smaller:
            set_scale(std::clamp(view_.layout.scale + (act == Act::larger ? 0.25 : -0.25), 0.75, 4.0), true);
            break;
        case Act::standard_size: set_scale(window_.display_scale(), false); break;
        case Act::quit: ask_to_quit(); break;
    }
}

}  // namespace drift
