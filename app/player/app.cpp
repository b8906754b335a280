#include "player/app.h"

#include <SDL.h>
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
#include "player/open_world.h"
#include "player/theme.h"

namespace drift {
namespace {

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
        now.compute = with_chosen(options.said_compute, compute());
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

double App::seconds() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

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

void App::note(const std::vector<std::string>& notes, std::vector<std::string> before) {
    for (const std::string& sentence : notes) spdlog::warn("{}", sentence);
    before.insert(before.end(), notes.begin(), notes.end());
    if (!before.empty())
        view_.say(before.size() == 1 ? before.front()
                                     : before.front() + " (and " + std::to_string(before.size() - 1) + " more)");
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
    view_.say("");  // "Saved in slot 3" has not come true
    wanted_until_ = view_.now + attention;
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
        // The real game alone has the name of its world, and no sampler.
        store_.save(stored, view_.world && view_.dreamed() && !by_options_ ? view_.world->name : "", view_.settings());
    } catch (const Error& error) {
        spdlog::warn("{}", error.what());
    }
}

}  // namespace drift
