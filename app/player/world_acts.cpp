// What changes with the world: the first one, and each one that is chosen or dropped while another plays.
#include <SDL.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <utility>

#include "core/error.h"
#include "core/setting_changes.h"
#include "core/thumbnail.h"
#include "data/data_set.h"
#include "player/app.h"
#include "player/files/settings_file.h"
#include "player/game_alone.h"
#include "player/lanes.h"
#include "player/open_world.h"

namespace drift {
namespace {

constexpr std::size_t most_lately = 12;

// What was kept from last time; empty where it is what the world begins with anyway.
std::string kept_words(const SamplerSettings& kept, const SamplerSettings& defaults) {
    const std::size_t changed = changed_settings(kept, defaults).size();
    return changed == 0 ? "" : "Settings from last time: " + std::to_string(changed) + " changed";
}

}  // namespace

void App::begin_world(const Generation::Opened& opened) {
    const WorldInfo& world = opened.info;
    bool first = !view_.world;
    // A play of some seconds is not gone: every one is written down.
    const bool left = !first && view_.dreamed() && !view_.recording.watch && view_.step &&
                      view_.step->position > static_cast<std::uint64_t>(10 * view_.world->rate);
    const std::string before = left ? printable(view_.world->name) : "";
    if (!first) {
        note_call();
        keep_settings();  // of the world before
        view_.forget_play();
        view_.pause(false);
    }
    if (first || world.name != view_.world->name) view_.settings_page.calls.clear();
    by_options_ = first && (options_.settings || options_.preset);
    shelf_ = {};
    plots_fit_ = false;
    sent_.reset();
    capture_mouse(false);
    input_.release_all(generation_.keys());
    view_.world = world;
    view_.shipped = world.actions;
    view_.apply_keys();
    std::vector<std::string> notes;
    view_.settings() = clamped(world.defaults);
    try {
        if (first && options_.preset) view_.settings() = apply_preset(*options_.preset, world.defaults, &notes);
        if (first && options_.settings) view_.settings() = load_settings(*options_.settings, view_.settings(), notes);
        else if (auto kept =
                     by_options_ || !view_.dreamed() ? std::nullopt : store_.sampler(world.name, world.defaults, notes))
            view_.settings() = *kept, view_.offer(kept_words(*kept, world.defaults), Act::reset_settings);
    } catch (const Error& error) {
        fail(error.what());
    }
    if (auto unknown = unknown_keys(world.actions)) notes.push_back(*unknown);
    if (world.recorded) view_.playback.policy = view_.layout.truth = true;
    scene_.begin_world(world);
    view_.has_map = !scene_.map().empty();
    for (const Frame& frame : opened.openings) view_.openings.push_back(thumbnail_of(frame, 64));
    if (!world.opening_note.empty()) notes.push_back(world.opening_note);
    Options now = options_;
    now.compute = with_chosen(options_.said_compute, view_.preferences.compute);
    if (std::string why = first && view_.dreamed() ? why_on_cpu(now) : ""; !why.empty())
        notes.push_back("Playing on the CPU: " + why);  // the last: it is as usual
    if (first) {
        begin_lanes(notes);
        if (options_.record)
            view_.commands.push_back({Command::Kind::record, 0, *options_.record}), view_.recording.since = view_.now;
        if (options_.replay && opened.file.empty()) watch_now(*options_.replay);
    }
    view_.world_file = opened.file;
    if (opened.file.empty() && view_.dreamed())
        view_.world_file = find_world(options_.replay ? world.name : options_.world).value_or(std::filesystem::path());
    if (!is_data_set(view_.world_file)) remember(view_.world_file);
    undo_.forget(view_);
    note(notes, std::exchange(notes_, {}));
    if (left && !view_.notice.shown(view_.now)) view_.say("Your play of " + before + " is kept in the library");
    SDL_SetWindowTitle(window_.handle(),
                       ("Driftscope - " + printable(world.title.empty() ? world.name : world.title)).c_str());
    spdlog::info("world {} on {}", printable(world.name), printable(world.device));
    if (auto then = std::exchange(then_, {}); !then.file.empty()) take_file(then.file, then.worlds_opened);
}

// Those of the command line, each over the settings of the first.
void App::begin_lanes(std::vector<std::string>& notes) {
    const SamplerSettings first = view_.settings();
    if (!options_.lanes.empty() && !view_.dreamed())
        return notes.push_back("--lane changes nothing: the real game plays alone");
    if (options_.lanes.size() >= most_lanes)
        notes.push_back("--lane: expected " + std::to_string(most_lanes - 1) + " at most, found " +
                        std::to_string(options_.lanes.size()) + ": the last are left out");
    for (const std::string& text : options_.lanes) {
        if (view_.lanes.all.size() == most_lanes) break;
        SamplerSettings settings = first;
        try {
            settings = with_pairs(first, text);
        } catch (const Error& error) {
            fail(std::string("--lane: ") + error.what());
            continue;
        }
        add_lane(view_, clamped(settings, &notes));
    }
    choose_lane(view_, 0);
}

// It stays in the list of worlds, wherever it lies.
void App::remember(const std::filesystem::path& world) {
    if (world.empty() || is_game_alone(world)) return;
    std::erase(lately_, world);
    lately_.insert(lately_.begin(), world);
    lately_.resize(std::min(lately_.size(), most_lately));
    looked_at_ = 0;
}

// A folder that was dropped is a world, recorded play, or has worlds in it.
void App::take_world(const std::filesystem::path& file) {
    if (is_data_set(file)) return view_.commands.push_back({Command::Kind::open_world, 0, file});
    std::vector<WorldEntry> found;
    if (!names_weights(file)) found = worlds_in(file, WorldEntry::From::lately, true);
    if (found.size() <= 1)
        return view_.commands.push_back({Command::Kind::open_world, 0, found.empty() ? file : found.front().file});
    found.resize(std::min(found.size(), most_lately));
    for (auto it = found.rbegin(); it != found.rend(); ++it) remember(it->file);
    view_.say(std::to_string(found.size()) + " worlds found in " + printable(world_name(file)) +
              ". Choose one in the World panel");
}

}  // namespace drift
