// What a training is of: a game that Driftscope knows, or recorded play of any other.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/world_model.h"
#include "data/data_set.h"
#include "lab/course_keeper.h"
#include "train/episode_source.h"

namespace drift {

struct TrainSubject {
    std::string title;
    std::string game;  // empty where it is not known: its worlds then have no truth
    int width = 0, height = 0, rate = 0;
    ActionSpace actions;
    std::shared_ptr<const EpisodeSource> source;
    int longest_episode = 0;  // in frames; 0: as long as is wanted
    // Start histories for a world that is played without its game.
    std::function<std::vector<History>(int context_frames)> openings;
    // How a world does on what it was not trained on: the same play each time.
    std::function<CourseLook(WorldModel& world)> evaluate;
    bool finds_objects = false;  // in its pictures, so that they can weigh more
};

TrainSubject game_subject(const std::string& game);
// Of a game outside: it is played once, before the training, and learned as recorded play is; measured beside the game itself.
struct OutsideRollouts {
    std::size_t frames = 60'000;
    int processes = 1;
    std::string policy = "rollout";
};
// `expect` hears what game it is before that, and may throw.
TrainSubject outside_subject(const std::string& game, const OutsideRollouts& rollouts,
                             const std::function<void(const GameInfo&)>& expect);
// The game that the data names, where a world of these pictures and actions can be played beside it; of resized ones it may be no truth. Throws
// Error where it says what is not so: the world could not be opened.
std::string game_beside(const std::filesystem::path& folder, const DataSet& data, bool resized);
// A tenth of the frames is held out. Prints what was found. Throws Error as read_data_set does.
TrainSubject data_subject(const std::filesystem::path& folder, const std::optional<PictureSize>& size);

}  // namespace drift
