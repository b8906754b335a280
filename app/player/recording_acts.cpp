// What the player records and watches: between the view, the generation thread and the files.
#include <SDL.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <limits>

#include "core/error.h"
#include "data/data_set.h"
#include "files/folders.h"
#include "player/app.h"
#include "player/files/media_files.h"
#include "player/game_alone.h"
#include "player/lanes.h"
#include "player/open_world.h"
#include "player/slots.h"

namespace drift {
namespace {

constexpr double look_every = 2;  // seconds between looks at the disk
constexpr double past_seconds = 30;
constexpr std::size_t most_listed = 12;

}  // namespace

void App::record() {
    if (!view_.world) return;
    if (!view_.recording.state.file.empty()) return view_.commands.push_back({Command::Kind::stop_recording});
    view_.commands.push_back({Command::Kind::record, 0, recording_file(view_.world->name, ".mkv")});
    view_.recording.since = view_.now;
}

void App::record_past() {
    if (!view_.world || !view_.step) return;
    auto file = recording_file(view_.world->name, ".mkv");
    view_.commands.push_back(
        {Command::Kind::record_past, static_cast<std::uint64_t>(past_seconds * view_.world->rate), file});
    view_.say("Saving the last 30 s: " + printable(file.string()));
    looked_at_ = 0;
}

void App::record_window() {
    if (window_recorder_) {
        window_recorder_->finish(view_.now);
        auto failure = window_recorder_->take_failure();
        failure ? fail(*failure) : view_.say("Saved " + printable(window_recorder_->file().string()));
        window_recorder_.reset();
        view_.recording.window.clear();
        return;
    }
    try {
        auto file = recording_file(view_.world ? view_.world->name + " window" : "window", ".mp4");
        window_recorder_ =
            std::make_unique<WindowRecorder>(file, window_.pixel_width(), window_.pixel_height(), view_.now);
        view_.recording.window = file;
        view_.recording.window_since = view_.now;
        spdlog::info("recording the window with {}", window_recorder_->encoder());
    } catch (const Error& error) {
        fail(error.what());
    }
}

// Called when a picture of the window has been drawn.
void App::film_window() {
    if (!window_recorder_) return;
    if (window_recorder_->due(view_.now)) window_recorder_->add(window_.read(), view_.now);
    if (auto failure = window_recorder_->take_failure()) {
        fail(*failure);
        window_recorder_.reset();
        view_.recording.window.clear();
    }
}

void App::export_session() {
    if (!view_.recording.watch) return;
    ReelPlan reel;
    reel.from = view_.recording.export_from.value_or(0);
    if (view_.recording.export_to) reel.to = *view_.recording.export_to;
    std::filesystem::path world;
    if (view_.dreamed() && !is_data_set(view_.world_file)) world = view_.world_file;  // where that world lies anywhere
    start_export(view_.recording.watch->file, export_formats()[view_.recording.export_format].kind, reel, world);
}

// `world`: where it lies; empty: the one that the session names.
void App::start_export(const std::filesystem::path& log, ExportKind kind, ReelPlan reel,
                       const std::filesystem::path& world) {
    if (exporter_) return;
    const auto formats = export_formats();
    const auto format =
        std::find_if(formats.begin(), formats.end(), [&](const ExportFormat& it) { return it.kind == kind; });
    ExportWish wish{log, unused(made(videos_folder()), log.stem().string(), format->ending), kind, std::move(reel)};
    Options options = options_;
    options.replay = log;  // its world and game
    options.one_session = true;
    options.game.clear();
    options.truth_only = false;
    options.compute = with_chosen(options_.said_compute, view_.preferences.compute);
    view_.recording.exporting = printable(wish.file.filename().string());
    exporter_ = std::make_unique<Exporter>(std::move(wish), [options, world] { return open_world(options, world); });
}

void App::look_at_export() {
    view_.recording.exported.reset();
    if (!exporter_) return;
    view_.recording.exported = exporter_->part();
    wanted_until_ = std::max(wanted_until_, view_.now);
    auto end = exporter_->take_end();
    if (!end) return;
    if (!end->sentence.empty()) {
        fail(end->sentence);
        view_.library.told = end->sentence;
    } else {
        const std::string words = !end->done ? "Export stopped; nothing was kept"
                                             : "Exported " + printable(exporter_->file().string()) +
                                                   (end->remark.empty() ? "" : ". " + end->remark);
        view_.say(words);
        view_.library.told = words;
    }
    view_.library.undoable = false;
    exporter_.reset();
    view_.recording.exported.reset();
    look_again();
}

// Whoever is playing is asked first.
void App::watch(const std::filesystem::path& file) {
    bool playing = view_.step && view_.step->index > 0 && !view_.recording.watch;
    playing ? void(view_.recording.asked = file) : watch_now(file);
}

// The game that is played is kept, to be gone back to.
void App::watch_now(const std::filesystem::path& file) {
    if (view_.step && !view_.recording.watch) {
        view_.recording.own_game = true;
        own_game_ = {view_.lanes.all, view_.lanes.chosen, view_.lanes.alone, view_.bookmarks};
    }
    view_.commands.push_back({Command::Kind::watch_session, 0, file});
    if (file == to_end_) view_.commands.push_back({Command::Kind::seek_to, std::numeric_limits<std::uint64_t>::max()});
}

void App::back_to_game() {
    if (!view_.recording.watch || !view_.recording.own_game) return;
    view_.commands.push_back({Command::Kind::return_to_game});
    returning_ = true;
    view_.pause(true);
    view_.say("Back to your game, paused");
}

// A file or a folder was dropped on the window: a world, a session, a recording, or a saved state.
void App::take_file(const std::filesystem::path& file, int worlds_opened) {
    const std::string kind = ending_of(file);
    std::error_code error;
    if (names_weights(file) || file.filename() == "world.toml" || std::filesystem::is_directory(file, error))
        return take_world(file);
    if (kind == ".png" || kind == ".mp4") return take_picture(file);
    bool session = kind == ".driftlog" || kind == ".mkv";
    if (!session && kind != ".state")
        return warn(Error(file,
                          "expected a world, a session (.driftlog, .mkv), a saved state (.state), or a picture or "
                          "an MP4 of ours")
                        .what());
    if (open_world_of(file, worlds_opened)) return;
    if (view_.stopped) return view_.say("No world is loaded. Choose one first");
    if (session) return watch(file);
    view_.commands.push_back({Command::Kind::load_state, 0, file});
}

// `warned`: a warning came with it, which says more than that a recording has ended.
void App::take_standing(const Standing& standing, bool warned) {
    auto before = std::exchange(view_.recording.state, standing.recording).file;
    if (before != view_.recording.state.file) {
        if (!view_.recording.state.file.empty())
            view_.say("Recording " + printable(view_.recording.state.file.filename().string()) + " into " +
                      printable(view_.recording.state.file.parent_path().string()));
        else if (!warned) view_.say("Saved " + printable(before.string()));
        looked_at_ = 0;
    }
    view_.fan = standing.fan;
    if (!standing.saved_past.empty() && std::exchange(saved_past_, standing.saved_past) != standing.saved_past)
        view_.say("Saved " + printable(standing.saved_past.string()));
    bool watched = view_.recording.watch.has_value();
    const std::string verdict = watched ? view_.recording.watch->verdict : std::string();
    if (!watched && standing.watch)  // all its frames came before
        own_game_.history = view_.history, own_game_.undo = undo_;
    if (!begin_watch(view_, standing) && !returning_)
        view_.say(view_.recording.own_game ? "You have control now. The game you left is in the library, as a session"
                                           : "You have control now");
    if (watched != view_.recording.watch.has_value()) undo_.forget(view_);
    if (const auto& watch = view_.recording.watch; watch && !watch->verdict.empty() && watch->verdict != verdict)
        view_.say(watch->verdict);
    wanted_until_ = std::max(wanted_until_, view_.now);
}

// At what goes on beside the play: exports, repairs, the disk.
void App::look_around() {
    finish_pictures();
    look_at_export();
    look_at_library();
    look_at_learning();
    if (auto count = repaired_.take())
        view_.say(*count == 1 ? "An interrupted recording was repaired"
                              : std::to_string(*count) + " interrupted recordings were repaired");
    if (view_.now < looked_at_ + look_every && looked_at_ > 0) return;
    looked_at_ = view_.now;
    if (!options_.driven()) {
        view_.recording.sessions = list_sessions(most_listed), view_.worlds = list_worlds(lately_);
        const auto games = playable_games();
        view_.worlds.insert(view_.worlds.end(), games.begin(), games.end());
    }
    view_.slots = used_slots(view_);
    look_at_training();
    std::error_code error;
    auto space =
        std::filesystem::space(existing_part(videos_folder()), error);  // it is made when something is recorded
    view_.recording.free_bytes = error ? 0 : space.available;
}

}  // namespace drift
