#include "player/app.h"

#include <SDL.h>
#include <imgui.h>
#include <imgui_impl_opengl3.h>
#include <imgui_impl_sdl.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <chrono>
#include <thread>

#include "core/error.h"
#include "core/version.h"
#include "data/data_set.h"
#include "files/folders.h"
#include "player/files/media_files.h"
#include "player/files/session_files.h"
#include "player/lanes.h"
#include "player/open_world.h"
#include "player/panels/closer.h"
#include "player/panels/difference_row.h"
#include "player/panels/panels.h"
#include "player/panels/preset_row.h"
#include "player/theme.h"
#include "session/lane_words.h"

namespace drift {
namespace {

constexpr double attention = 0.3;  // seconds that the window goes on being drawn after an event
constexpr double idle = 0.25;      // and the longest that it is left as it is

double seconds() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

Generation::Plan plan(const Options& options, std::optional<StepLog>& log, std::uint32_t woken,
                      std::function<Compute()> compute) {
    Generation::Plan plan;
    plan.wake = [woken] {
        SDL_Event event{};
        event.type = woken;
        SDL_PushEvent(&event);
    };
    plan.open = [options, compute, playing = std::filesystem::path()](const std::filesystem::path& file) mutable {
        Options now = options;
        now.compute = with_chosen(options.compute, compute());
        auto stage = open_world(now, file, playing);
        if (!is_data_set(file)) playing = file;
        return stage;
    };
    plan.wait_for_another = !options.driven();
    plan.seed = options.seed;
    plan.frames = options.frames;
    if (std::filesystem::path folder = sessions_folder(); !options.driven() && !folder.empty())
        plan.around.log = [folder](const WorldInfo& world) { return new_session(folder, world); };
    plan.around.record = master_tracks();
    plan.around.stored = stored_tracks;
    if (options.script) plan.script = KeyScript::read(*options.script);
    if (options.record_steps) {
        log.emplace(*options.record_steps);
        plan.on_step = [&log](const WorldInfo& world, const Step& step) { log->write(world, step); };
    }
    return plan;
}

// The folders are in use before anything is looked for in them.
View first_view(const SettingsStore& store) {
    View view;
    view.preferences = store.stored().preferences;
    use_folders(view.preferences.folders);
    return view;
}

}  // namespace

App::App(const Options& options)
    : options_(options),
      store_(options.driven() ? std::nullopt : config_folder(), notes_),
      keys_file_(options.driven() ? std::nullopt : config_folder()),
      view_(first_view(store_)),
      window_("Driftscope", options.size ? options.size->first : store_.stored().width,
              options.size ? options.size->second : store_.stored().height),
      woken_(SDL_RegisterEvents(1)),
      compute_(view_.preferences.compute),
      generation_(plan(take_replay(), log_, woken_, [this] {
          std::lock_guard lock(compute_mutex_);
          return compute_;
      })) {
    if (options_.driven()) notes_.clear();  // nothing is to be kept, so nothing is missed
    const Stored& stored = store_.stored();
    view_.layout.panels = stored.panels;
    view_.layout.truth = stored.truth || options_.truth;
    view_.layout.first_words = !stored.played && !options_.driven();
    view_.playback.seed_locked = stored.seed_locked;
    view_.difference.mode = options_.difference;
    if (!options_.driven()) view_.presets = {preset_folder()};
    view_.presets.read(notes_);
    view_.layout.open_sections = stored.open_sections;
    view_.layout.hidden_sections = stored.hidden_sections;
    view_.layout.reach = stored.reach;
    view_.settings_page.versions = "Driftscope " + build_name() + (library_text().empty() ? "" : "\n" + library_text());
    view_.pause(options_.paused);
    if (!options_.replay) view_.opening = find_world(options_.world).value_or(options_.world);
    view_.layout.dock = options_.dock == "drift"     ? Dock::drift
                        : options_.dock == "film"    ? Dock::film
                        : options_.dock == "futures" ? Dock::futures
                                                     : Dock::none;
    view_.playback.turbo = options_.turbo;
    view_.playback.look_ahead = options_.look_ahead;
    presence_.touched_at = view_.now = seconds();
    chosen_scale_ = options_.driven() ? 0 : stored.scale;
    view_.layout.scale = options_.scale > 0  ? options_.scale
                         : chosen_scale_ > 0 ? chosen_scale_
                                             : window_.display_scale();
    view_.keyboard = Keyboard::current();
    view_.keyboard.own = keys_file_.read(notes_);
    if (!options_.driven())
        repairer_ = std::jthread([this] {
            try {
                int count = 0;
                for (const auto& folder : recording_folders()) count += repair_recordings(folder);
                if (count > 0) repaired_.put(count);
            } catch (const std::exception&) {
                // Recordings stay as they are; the play has nothing to do with it.
            }
        });
    spdlog::info("window on {}", window_.renderer());
    take_preferences();
    theme();
    note(notes_);
}

void App::theme() {
    apply_theme(view_.preferences.theme, static_cast<float>(view_.layout.scale), window_.pixels_per_unit());
}

void App::note(const std::vector<std::string>& notes) {
    for (const std::string& sentence : notes) spdlog::warn("{}", sentence);
    if (!notes.empty())
        view_.say(notes.size() == 1 ? notes.front()
                                    : notes.front() + " (and " + std::to_string(notes.size() - 1) + " more)");
}

void App::fail(const std::string& sentence) {
    spdlog::error("{}", sentence);
    show(sentence);
    failed_ = true;
}

void App::warn(const std::string& sentence) {
    spdlog::warn("{}", sentence);
    show(sentence);
}

void App::show(const std::string& sentence) {
    view_.banner = printable(sentence);
    wanted_until_ = view_.now + attention;
}

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
        if (event.type == SDL_QUIT) quit_ = true;
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
    const Layout layout = arrange(size.x, size.y, scale,
                                  {view_.layout.panels, view_.layout.dock != Dock::none, view_.layout.zen,
                                   view_.layout.reach, view_.layout.hidden_sections});
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
    help_overlay(view_, {0, 0, size.x, size.y});
    keys_page(view_, {0, 0, size.x, size.y});
    settings_page(view_, {0, 0, size.x, size.y});
    library_page(view_, {0, 0, size.x, size.y}, shelf_);
    training_page(view_, {0, 0, size.x, size.y}, shelf_);
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

void App::keep_settings() {
    if (options_.driven()) return;
    Stored stored = store_.stored();
    if (!window_.full_screen()) SDL_GetWindowSize(window_.handle(), &stored.width, &stored.height);
    stored.scale = chosen_scale_;
    stored.panels = view_.layout.panels;
    stored.truth = view_.layout.truth;
    stored.seed_locked = view_.playback.seed_locked;
    stored.open_sections = view_.layout.open_sections;
    stored.hidden_sections = view_.layout.hidden_sections;
    stored.reach = view_.layout.reach;
    stored.preferences = view_.preferences;
    stored.played = !view_.layout.first_words;
    try {
        store_.save(stored, view_.world && !by_options_ ? view_.world->name : "", view_.settings());
    } catch (const Error& error) {
        spdlog::warn("{}", error.what());
    }
}

int App::run() {
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
    window_.hide();  // gone at once, even where a slow frame is still to end
    return failed_ && (options_.driven() || !view_.world) ? 1 : 0;
}

}  // namespace drift
