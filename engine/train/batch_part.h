// A part of each step's batch: with roll-outs, long dreams and noise of its own, so that processes which share the parts need not speak of them.
#pragma once

#include <memory>
#include <vector>

#include "train/dream_pool.h"
#include "train/recipe.h"

namespace drift {

class BatchPart {
public:
    // The number of the part decides its seed; part 0 has the recipe's.
    BatchPart(const TrainingRecipe& recipe, std::shared_ptr<const EpisodeSource> source, int number, at::Device device);
    std::uint64_t seed() const { return seed_; }
    int number() const { return number_; }
    DreamPool& dreams() { return dreams_; }
    const DreamPool& dreams() const { return dreams_; }
    Batch next(const TrainingRecipe& recipe, std::int64_t step, int k);

private:
    std::shared_ptr<const EpisodeSource> source_;
    at::Device device_;
    int number_;
    std::uint64_t seed_;
    EpisodeSet episodes_;
    std::vector<EpisodePictures> pictures_;  // of these
    std::int64_t rolled_out_ = -1;           // which of the successive sets of episodes is held
    DreamPool dreams_;
};

}  // namespace drift
