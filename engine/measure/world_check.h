// What can be known of a world that has no truth: does it listen to keys, how late, does it stand still, does it fade, how sure is it. Beside a real
// game the same is measured of that, with the same keys.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/game.h"
#include "core/world_model.h"
#include "measure/action_shuffle.h"
#include "measure/still_parts.h"

namespace drift {

struct WorldCheckOptions {
    int openings = 8;                // dreams side by side
    int frames = 200;                // of the long runs
    int held = 12;                   // frames that a key is held
    std::uint64_t seed = 1'000'000;  // of the first opening's game; training stays below
    SamplerSettings settings;
    std::function<std::unique_ptr<Game>()> make_game;  // empty: the world has none, and begins from its own openings
    // After each network step; what it throws ends the check.
    std::function<void(int done, int of)> progress = [](int, int) {};
};

struct WorldCheck {
    static constexpr int segments = 4;
    int openings = 0, frames = 0, held = 0;

    // An action that is held, against none, from the same openings with the same noise.
    struct Key {
        std::string name;
        double psnr = 0;  // dB between the two dreams' last frames, mean over openings; 60 where nothing differs
        std::optional<double> real;  // of the real game
        std::optional<double>
            first;  // the first frame that shows the key, median over the openings where one does; 1: at once
        std::optional<double> real_first;
        double heard = 0;  // share of openings in which it shows; beside a real game: of those where it shows there
    };
    std::vector<Key> keys;
    std::optional<double> late;  // frames behind the real game, median over keys and openings

    // An action, then its inverse for as long: how near to the beginning.
    struct Way {
        std::string there, back;
        double psnr = 0;
        std::optional<double> real;
    };
    std::vector<Way> ways;

    struct Look {
        double sharpness = 1;        // times the opening's
        double colours = 0;          // histogram distance to the opening's, 0 to 1
        std::optional<double> psnr;  // dB to the truth
    };
    // A quarter of a long run: without keys, and with random ones.
    struct Segment {
        int first = 0, last = 0;
        Look idle, keyed;
        std::optional<Look> real_idle, real_keyed;
    };
    std::vector<Segment> quarters;
    std::optional<StillParts>
        still;  // with random keys; nullopt where there is no truth, or nothing stands still in it

    struct Distance {
        int frames = 0;
        double psnr = 0;  // dB between pictures so far apart, with random keys
        std::optional<double> real;
    };
    std::vector<Distance> distances;
    double motion = 0;  // levels a frame, with random keys
    std::optional<double> real_motion;

    // What was seen, of the first opening.
    struct Row {
        std::string title;
        std::vector<std::string> captions;
        std::vector<Frame> dreamed, real;  // one for each caption; `real` is empty where there is no game
    };
    std::vector<Row> rows;

    std::optional<ActionShuffle> shuffle;  // where recorded play was given

    double spread = 0;  // standard deviation over eight noises of the next frame, levels, mean over pixels
    // Does the spread tell where it is wrong? The area under the ROC curve of pixels that are 16 levels off, by their spread: .5 is chance. nullopt
    // where there is no truth, or nothing is wrong.
    std::optional<double> auroc;
};

WorldCheck check_world(WorldModel& world, const WorldCheckOptions& options);

// What is wrong, a sentence each; none where nothing is: then there is this one to say.
inline constexpr const char* nothing_wrong = "Nothing is wrong by these measures.";
std::vector<std::string> verdicts(const WorldCheck& check);

}  // namespace drift
