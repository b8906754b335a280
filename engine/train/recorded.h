// Recorded play as training data, by its frames alone, and what can be found in them.
#pragma once

#include <functional>

#include "core/data_set.h"
#include "train/episode_source.h"

namespace drift {

class RecordedSource : public EpisodeSource {
public:
    // Finds the game's objects in any picture of it. Without it a dream that has lost a small one would be taken to follow the truth for ever,
    // and training would learn from it that such things come from nowhere and fade.
    using Look = std::function<Probe(const Frame& picture)>;
    // Clips of frames of that size. `look`: where the game is one whose objects are known.
    RecordedSource(std::shared_ptr<const std::vector<Clip>> clips, int width, int height, Look look = {});

    std::string name() const override;  // a hash of the frames (of some, where they are many) and actions
    int width() const override { return width_; }
    int height() const override { return height_; }
    // Stretches of clips, around places drawn alike from all frames.
    EpisodeSet draw(std::uint64_t seed, std::uint64_t part, int episodes, int shortest, int length) const override;

private:
    std::shared_ptr<const std::vector<Clip>> clips_;
    int width_, height_;
    Look look_;
    std::shared_ptr<const std::vector<std::vector<Point>>> entrances_;  // of each object
};

}  // namespace drift
