// How far a dream follows the truth: many episodes side by side, figures at chosen horizons.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "measure/episodes.h"
#include "measure/statistics.h"

namespace drift {

struct Evaluation {
    std::vector<int> horizons;
    // dB at each horizon, mean over episodes of psnr(dream, truth); 95 % percentile bootstrap over episodes.
    std::vector<double> psnr, psnr_lo, psnr_hi;
    std::vector<double> copy_psnr;                 // the same of repeating the last real frame
    std::vector<double> moving_psnr, copy_moving;  // the same of what moves, over the episodes in which anything does
    // By what the game is judged (GameInfo::judged()): share of the episodes where the truth shows it in which the dream has it right, at each horizon.
    std::map<std::string, std::vector<double>> hits;
    std::vector<std::string> names;  // its keys, in the game's order
    std::size_t objects = 0;         // so many of the names are objects, the others counts
    int tolerance = 1;               // px, of objects
    double obeyed =
        0;  // share of all steps of all episodes whose action was obeyed in the dream; unreadable counts as not. Not a number where no game can tell
    // The first step from which, for one second on end, the earliest collapsed episode's pictures are no pictures of the game:
    // likeness below collapse_likeness. nullopt where no episode collapses.
    std::optional<int> collapse_step;
};

// Plays the episodes all in one network call a step and sums them up: see play_episodes().
Evaluation evaluate(WorldModel& world, const EvaluationOptions& options);

}  // namespace drift
