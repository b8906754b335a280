// Recorded play as training data: of a game that is not known, by its frames alone.
#pragma once

#include "core/data_set.h"
#include "train/episode_source.h"

namespace drift {

class RecordedSource : public EpisodeSource {
public:
    // Clips of frames of that size.
    RecordedSource(std::shared_ptr<const std::vector<Clip>> clips, int width, int height);

    std::string name() const override;  // a hash of the frames (of some, where they are many) and actions
    int width() const override { return width_; }
    int height() const override { return height_; }
    // Stretches of clips, around places drawn alike from all frames.
    EpisodeSet draw(std::uint64_t seed, std::uint64_t part, int episodes, int shortest, int length) const override;

private:
    std::shared_ptr<const std::vector<Clip>> clips_;
    int width_, height_;
};

}  // namespace drift
