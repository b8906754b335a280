#include "player/open_world.h"

#include <algorithm>
#include <thread>

#include "core/error.h"
#include "data/data_set.h"
#include "data/imports/read_play.h"
#include "data/recorded_play.h"
#include "games/list.h"
#ifdef DRIFT_MEDIA
#include "media/still.h"
#endif
#include "files/world_files.h"
#include "model/load.h"
#include "player/game_alone.h"
#include "session/log/recorder.h"

namespace drift {

void prepare_process(char** arguments) { wait_without_spinning(arguments, Beside::window); }

namespace {

std::string one_of(const std::vector<std::string>& notes) {
    std::string all;
    for (const std::string& note : notes) all += (all.empty() ? "" : " ") + note;
    return all;
}

// Recorded play needs no world; with one it is dreamed beside.
std::unique_ptr<Stage> open_recording(const std::string& game, std::unique_ptr<WorldModel> model,
                                      std::vector<std::string> notes = {}) {
    auto played = open_recorded_play(game, model ? &model->info() : nullptr, notes);
    return std::make_unique<Stage>(std::move(model), std::move(played), one_of(notes));
}

std::unique_ptr<WorldModel> open_model(const Options& options, const std::filesystem::path& file, bool guided) {
    LoadOptions load;
    load.device = options.compute.device;
    load.precision = options.compute.precision;
    // A core is left to the window and the game, but of two the network needs both: DIAMOND's Atari network then plays at its 15 frames a second.
    int cores = static_cast<int>(std::thread::hardware_concurrency());
    load.threads = options.compute.threads > 0 ? options.compute.threads : cores <= 2 ? std::max(1, cores) : cores - 1;
    if (guided) load.guide = world_named(options.guide);
#ifdef DRIFT_MEDIA
    load.read_picture = [](const std::filesystem::path& picture) { return load_picture(picture); };
#endif
    return load_world(file, load);
}

// Beside the world that plays, where that knows these actions; else alone.
std::unique_ptr<Stage> open_dropped(const Options& options, const std::filesystem::path& folder,
                                    const std::filesystem::path& playing) {
    const std::string game = recorded_name(folder);
    std::vector<std::string> notes;
    if (!options.truth_only || !playing.empty()) try {
            return open_recording(game,
                                  open_model(options, playing.empty() ? world_named(options.world) : playing, false));
        } catch (const Error& error) {  // what is wrong with the recording itself is said below
            notes.push_back(std::string("Played without a dream beside it: ") + error.what());
        }
    return open_recording(game, nullptr, std::move(notes));
}

}  // namespace

std::unique_ptr<Stage> open_world(const Options& options, const std::filesystem::path& file,
                                  const std::filesystem::path& playing) {
    if (is_game_alone(file)) return std::make_unique<Stage>(nullptr, make_game(game_named(file), NamedBy::user));
    if (is_data_set(file)) return open_dropped(options, file, playing);
    std::string world = options.world, game_of_log;
    bool truth_only = options.truth_only && file.empty();  // a world that is chosen while it plays is dreamed
    if (options.replay && (file.empty() || options.one_session)) {
        const LogHeader log = read_session_log(log_beside(*options.replay)).header;
        game_of_log = log.game;
        if (file.empty()) world = log.world, truth_only = log.weights_hash == truth_alone;  // or of the game alone
    }
    const std::string wanted = names_recorded_play(game_of_log) ? game_of_log : file.empty() ? options.game : "";
    if (truth_only) {
        if (names_recorded_play(wanted)) return open_recording(wanted, nullptr);
        if (!wanted.empty()) return std::make_unique<Stage>(nullptr, make_game(wanted, NamedBy::user));
        if (is_own_game(world) || (options.replay && !world.empty()))
            return std::make_unique<Stage>(nullptr, make_game(world));
    }
    const std::filesystem::path model_file = file.empty() ? world_named(world) : file;
    std::unique_ptr<WorldModel> model = open_model(options, model_file, !options.guide.empty() && file.empty());
    if (names_recorded_play(wanted)) return open_recording(wanted, std::move(model));
    std::unique_ptr<Game> game;
    std::string note;
    const std::string named = wanted.empty() ? model->info().game : wanted;
    if (!named.empty()) {
        try {
            game = make_game(named, named == wanted ? NamedBy::user : NamedBy::file);
        } catch (const Error& error) {
            if (truth_only || named == wanted) throw;
            note = why_no_game(named);  // it is dreamed all the same
            if (note.empty()) note = std::string("The real game beside the dream does not start: ") + error.what();
        }
    }
    if (const auto played = game || truth_only ? std::filesystem::path() : play_of_run(model_file); !played.empty())
        try {
            std::vector<std::string> notes;
            game = open_recorded_play(recorded_name(played), &model->info(), notes);
            note =
                "The play that it was trained on gives the openings and stands beside it; O takes the keys and gives "
                "them back";
        } catch (const Error& error) {
            note += (note.empty() ? "" : " ") + std::string("The play that it was trained on cannot be shown: ") +
                    error.what();
        }
    if (truth_only) {
        if (!game) throw Error("--truth-only: the world " + model->info().name + " has no game");
        model.reset();
    }
    return std::make_unique<Stage>(std::move(model), std::move(game), note);
}

std::string why_on_cpu(const Options& options) { return options.compute.device == "auto" ? why_no_gpu() : ""; }

}  // namespace drift
