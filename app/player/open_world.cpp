#include "player/open_world.h"

#include <algorithm>
#include <thread>

#include "core/error.h"
#include "games/list.h"
#ifdef DRIFT_MEDIA
#include "media/still.h"
#endif
#include "files/world_files.h"
#include "model/load.h"
#include "session/log/recorder.h"

namespace drift {

void prepare_process(char** arguments) { wait_without_spinning(arguments, Beside::window); }

std::unique_ptr<Stage> open_world(const Options& options, const std::filesystem::path& file) {
    std::string world = options.world;
    bool truth_only = options.truth_only;
    if (options.replay && file.empty()) {  // its world, unless it is of the game alone
        const LogHeader log = read_session_log(log_beside(*options.replay)).header;
        world = log.world;
        truth_only = log.weights_hash == truth_alone;
    }
    if (truth_only && file.empty()) {
        if (!options.game.empty()) return std::make_unique<Stage>(nullptr, make_game(options.game, NamedBy::user));
        if (is_own_game(world) || (options.replay && !world.empty()))
            return std::make_unique<Stage>(nullptr, make_game(world));
    }
    LoadOptions load;
    load.device = options.compute.device;
    load.precision = options.compute.precision;
    // A core is left to the window and the game, but of two the network needs both: DIAMOND's Atari network then plays at its 15 frames a second.
    int cores = static_cast<int>(std::thread::hardware_concurrency());
    load.threads = options.compute.threads > 0 ? options.compute.threads : cores <= 2 ? std::max(1, cores) : cores - 1;
    if (!options.guide.empty() && file.empty()) load.guide = world_named(options.guide);
#ifdef DRIFT_MEDIA
    load.read_picture = [](const std::filesystem::path& picture) { return load_picture(picture); };
#endif
    std::unique_ptr<WorldModel> model = load_world(file.empty() ? world_named(world) : file, load);
    std::unique_ptr<Game> game;
    std::string note;
    const std::string named = file.empty() && !options.game.empty() ? options.game : model->info().game;
    if (!named.empty()) {
        try {
            game = make_game(named, named == options.game ? NamedBy::user : NamedBy::file);
        } catch (const Error& error) {
            if (truth_only || named == options.game) throw;
            note = why_no_game(named);  // it is dreamed all the same
            if (note.empty()) note = std::string("The real game beside the dream does not start: ") + error.what();
        }
    }
    if (truth_only) {
        if (!game) throw Error("--truth-only: the world " + model->info().name + " has no game");
        model.reset();
    }
    return std::make_unique<Stage>(std::move(model), std::move(game), note);
}

std::string why_on_cpu(const Options& options) { return options.compute.device == "auto" ? why_no_gpu() : ""; }

}  // namespace drift
