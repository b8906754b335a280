// What a network's own last frame has wrong weighs more, and nothing else does.
#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include "games/bricks.h"
#include "train/loss.h"

namespace drift {
namespace {

TrainingRecipe small_recipe() {
    TrainingRecipe recipe = own_world_recipe(Bricks().info().actions);
    recipe.network.unet = {16, {8, 8}, {1, 1}, {false, false}};
    recipe.network.context_frames = 2;
    recipe.drift_share = recipe.context_noise_share = recipe.changed_weight = 0;
    return recipe;
}

// A still picture; `off`: so many of the 64 columns that are shown are a grey level off by so much.
Batch still_batch(int columns_off, int levels) {
    Batch batch;
    batch.frames = at::full({2, 3, 3, 16, 64}, 120, at::kByte);
    batch.actions = at::zeros({2, 2}, at::kLong);
    batch.seen = batch.frames.slice(1, 0, 2).clone();
    batch.seen.slice(4, 0, columns_off).add_(levels);
    return batch;
}

double loss(const TrainingRecipe& recipe, const Batch& batch) {
    at::manual_seed(4);
    InnerModel model(recipe.network);
    at::manual_seed(5);
    return segment_loss(model, recipe, batch, at::kCPU).total.item<double>();
}

TEST(MendWeight, ChangesNothingWhereNothingIsOff) {
    TrainingRecipe plain = small_recipe(), mends = plain;
    mends.mend_weight = 8;
    EXPECT_EQ(loss(plain, still_batch(0, 0)), loss(mends, still_batch(0, 0)));
    EXPECT_EQ(loss(plain, still_batch(8, 2)), loss(mends, still_batch(8, 2))) << "two levels are what rounding may do";
}

// The weight's mean over the picture: 1 + weight * min(share that is off, mend_part).
TEST(MendWeight, IsOfThePixelsThatAreOffAndBoundedInAll) {
    TrainingRecipe plain = small_recipe(), mends = plain;
    mends.mend_weight = 8;
    const double few = loss(mends, still_batch(8, 20)) / loss(plain, still_batch(8, 20));
    const double many = loss(mends, still_batch(64, 20)) / loss(plain, still_batch(64, 20));
    EXPECT_GT(few, 1.3);
    EXPECT_LT(few, 1 + 8.0);
    EXPECT_NEAR(many, 1 + 8 * mends.mend_part, 1e-4) << "all of it is off: every pixel weighs alike";
}

TEST(MendWeight, StaysInTheCheckpointsRecipe) {
    TrainingRecipe recipe = small_recipe();
    recipe.mend_weight = 3.5f;
    EXPECT_EQ(recipe_of_json(to_json(recipe)).mend_weight, 3.5f);
}

}  // namespace
}  // namespace drift
