// How far a dream follows the truth: many episodes side by side, figures at chosen horizons.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/game.h"
#include "core/world_model.h"
#include "session/drift_meter.h"

namespace drift {

struct EvaluationOptions {
    int episodes = 32;
    std::uint64_t seed = 1'000'000;  // of the first episode's game; training stays below
    std::vector<int> horizons{1, 5, 10, 20, 50, 100, 200};
    SamplerSettings settings;
    std::function<std::unique_ptr<Game>()> make_game;
    std::function<std::function<int(const Game&)>(std::uint64_t seed)> make_policy;
    std::function<void(int done, int of)> progress = [](int, int) {};
};

struct Evaluation {
    std::vector<int> horizons;
    // dB at each horizon, mean over episodes of psnr(dream, truth); 95 % percentile bootstrap over episodes.
    std::vector<double> psnr, psnr_lo, psnr_hi;
    std::vector<double> copy_psnr;  // the same of repeating the last real frame
    // Per object of the game's probe: share of episodes in which it stands within 1 px (in x and in y) of the truth, at each horizon.
    std::map<std::string, std::vector<double>> hits;
    double obeyed = 0;  // share of all steps of all episodes whose action was obeyed in the dream; unreadable counts as not
    // The first step from which, for one second on end, the earliest collapsed episode's pictures are no pictures of the game:
    // likeness below collapse_likeness. nullopt where no episode collapses.
    std::optional<int> collapse_step;
};


// Plays each episode of the real game with a policy; the dream starts from real frames and is given the same actions.
// The noise's key is (seed + episode, step, 0), so figures do not depend on the number of episodes beside.
Evaluation evaluate(WorldModel& world, const EvaluationOptions& options);

// 95 % percentile bootstrap interval of the mean, 1,000 resamples, reproducible.
std::pair<double, double> bootstrap_interval(const std::vector<double>& values);

}  // namespace drift
