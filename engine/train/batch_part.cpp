#include "train/batch_part.h"

#include <ATen/ATen.h>

#include <algorithm>

#include "core/noise.h"

namespace drift {
namespace {

std::uint64_t seed_of_part(std::uint64_t seed, int number) {
    return number == 0 ? seed
                       : random_bits({seed, 0, static_cast<std::uint32_t>(number)}, draw_index(Draw::data, 11), 0);
}

}  // namespace

BatchPart::BatchPart(const TrainingRecipe& recipe, std::shared_ptr<const EpisodeSource> source, int number,
                     at::Device device)
    : source_(std::move(source)),
      device_(device),
      number_(number),
      seed_(seed_of_part(recipe.seed, number)),
      dreams_(source_, seed_, recipe.dream_share > 0 ? recipe.dreams : 0, recipe.network.context_frames,
              recipe.lost_after, device) {}

Batch BatchPart::next(const TrainingRecipe& recipe, std::int64_t step, int k) {
    if (auto set = step / recipe.rollout_every; set != rolled_out_) {
        int shortest = recipe.network.context_frames + 1 + std::max(0, recipe.k_max);
        episodes_ = source_->draw(seed_, static_cast<std::uint64_t>(set), recipe.rollout_episodes, shortest,
                                  recipe.rollout_length);
        pictures_ = pictures_of(episodes_, device_);
        rolled_out_ = set;
    }
    auto at_step = static_cast<std::uint64_t>(step);
    int dreamed = recipe.dreams > 0 ? static_cast<int>(recipe.dream_share * static_cast<float>(recipe.batch)) : 0;
    const Located located = recipe.object_weight <= 0 ? Located::nothing
                            : recipe.weigh_by_context ? Located::entrances_too
                                                      : Located::objects;
    if (dreamed == recipe.batch) return dreams_.draw(seed_, at_step, dreamed, k, recipe.rare_share, located);
    auto real = draw_batch(episodes_, pictures_, seed_, at_step, recipe.batch - dreamed, recipe.network.context_frames,
                           k, recipe.rare_share, located);
    if (dreamed == 0) return real;
    auto own = dreams_.draw(seed_, at_step, dreamed, k, recipe.rare_share, located);
    return {at::cat({real.frames, own.frames}), at::cat({real.actions, own.actions}), at::cat({real.seen, own.seen}),
            located == Located::nothing ? at::Tensor() : at::cat({real.objects, own.objects})};
}

}  // namespace drift
