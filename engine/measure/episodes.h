// Episodes dreamed beside the real game, many side by side: the one loop that evaluations and sweeps are made of.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "core/drift.h"
#include "core/game.h"
#include "core/world_model.h"

namespace drift {

struct EvaluationOptions {
    int episodes = 32;
    std::uint64_t seed = 1'000'000;  // of the first episode's game; training stays below
    std::vector<int> horizons{1, 5, 10, 20, 50, 100, 200};
    SamplerSettings settings;
    std::function<std::unique_ptr<Game>()> make_game;
    std::function<std::function<int(const Game&)>(std::uint64_t seed)> make_policy;
    // After each step of all episodes. What it throws ends the playing.
    std::function<void(int done, int of)> progress = [](int, int) {};
};

// An episode at one horizon.
struct HorizonRecord {
    Drift drift;                          // of that step
    double copy_psnr = 0;                 // dB, of repeating the last real frame
    double copy_moving = Drift::unknown;  // moving_psnr() of that
    // Of each thing that GameInfo::judged() names: an object stands within the tolerance (in x and in y) of the truth, a count is off by one at most.
    // nullopt where the truth shows no such thing.
    std::vector<std::optional<bool>> within;
    int obeyed = 0;    // actions obeyed so far; unreadable counts as not
    int readable = 0;  // of these steps those in which it could be told
};

struct EpisodeRecord {
    std::vector<HorizonRecord> at;     // one for each horizon, rising
    std::optional<int> off_step;       // the first at which one of these is wrong
    std::optional<int> collapse_step;  // see Collapse
};

// Dream against truth, as HorizonRecord::within has it.
std::vector<std::optional<bool>> judge(const Probe& dreamed, const Probe& truth, int tolerance);

// Sorted, each once. Throws Error where there is none, or one below 1.
std::vector<int> rising(std::vector<int> horizons);

// Plays episodes first .. first + count - 1, to the last horizon. The policy plays the real game; the dream starts from real frames and is
// given the same actions, so equal seeds have equal keys under all settings. The noise's key is (seed + episode, step, 0), so an episode
// does not depend on the number of those beside. Each step is probed; all measures are taken at the horizons alone.
// `game`: becomes what the real game says of itself.
std::vector<EpisodeRecord> play_episodes(WorldModel& world, const EvaluationOptions& options, int first, int count,
                                         GameInfo* game = nullptr);

}  // namespace drift
