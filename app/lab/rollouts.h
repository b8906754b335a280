// Play of a real game as clips: several episodes at once, each in a game of its own (a process of its own, where it is a game outside).
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "core/data_set.h"
#include "core/game.h"

namespace drift {

// A step of an episode, beside the clip's frames and actions.
struct StepNote {
    float reward = 0;
    bool end = false;
};

struct RolledEpisode {
    Clip clip;
    std::vector<StepNote> notes;  // one for each action
};

std::string episode_name(std::uint64_t seed);
// From the opening of `seed`: as long as `next` gives an action, or `frames` steps (0: no limit), or until the game says that the episode is over.
RolledEpisode roll_episode(Game& game, std::uint64_t seed,
                           const std::function<std::optional<ActionCode>(const Game&)>& next, int frames);

struct RolloutPlan {
    std::string game, policy;
    std::uint64_t seed = 0;  // of the first episode; the others follow
    int episodes = 0;        // 0: as many as give so many frames
    std::size_t frames = 0;
    int longest = 3000;  // steps of an episode
    int processes = 1;
};

// Who is told of a roll-out, one call at a time. What is thrown ends it; what was taken before is taken.
struct RolloutListener {
    std::function<void(const std::string& name)> begins;  // before an episode is played; in any order
    std::function<void(RolledEpisode)> take;  // the episodes, in the order of their seeds, as soon as they are there
    std::function<void(std::size_t frames)> progress = {};  // played so far
};

// The same episodes for any number of processes. Throws Error, also where interrupted() says so.
void roll_out(const RolloutPlan& plan, const RolloutListener& listener);

// A data set of this game without its clips.
DataSet data_set_of(const GameInfo& game);

// An action on each line, by number or name; # begins a comment. Throws Error.
std::vector<ActionCode> read_action_list(const std::string& file, const ActionSpace& actions);

}  // namespace drift
