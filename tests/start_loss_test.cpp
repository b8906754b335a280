// The sampler's own start, learned: noise with nothing of the target in it.
#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <cmath>

#include "games/bricks.h"
#include "train/loss.h"

namespace drift {
namespace {

struct Put {
    at::Tensor sigma, x;
};

// All samples at sigma 1, each pixel of x `value`.
Put put(float start_share, float value) {
    TrainingRecipe recipe = own_world_recipe(Bricks().info().actions);
    recipe.start_share = start_share;
    Put made{at::ones({400}), at::full({400, 3, 8, 8}, value)};
    at::manual_seed(3);
    put_starts(recipe, made.sigma, made.x);
    return made;
}

TEST(Starts, HoldNothingOfTheTarget) {
    const Put made = put(1, 0.7f), other = put(1, -0.4f);
    EXPECT_TRUE(made.x.equal(other.x));
    EXPECT_GE(made.sigma.min().item<float>(), 2.5f);
    EXPECT_LE(made.sigma.max().item<float>(), 10.0f);
    const auto scale = made.x.std({1, 2, 3}) / made.sigma;  // DIAMOND's is a fifth
    EXPECT_LT(scale.max().item<float>(), 0.5f);
    EXPECT_NEAR(scale.mean().item<float>(), 0.2f, 0.02f);
    EXPECT_NEAR(made.x.mean().item<float>(), 0, 0.02f);
}

TEST(Starts, TakeTheirShareAndLeaveTheRest) {
    const Put made = put(0.25f, 0.7f);
    const auto left = made.sigma == 1;
    EXPECT_NEAR(left.to(at::kFloat).mean().item<float>(), 0.75f, 0.06f);
    EXPECT_TRUE(made.x.index({left}).eq(0.7f).all().item<bool>());
    EXPECT_FALSE(made.x.index({~left}).eq(0.7f).any().item<bool>());
}

// Where all samples are starts, all have a high sigma, and the loss stays finite.
TEST(Starts, AreLearned) {
    TrainingRecipe recipe = own_world_recipe(Bricks().info().actions);
    recipe.network.unet = {16, {8, 8}, {1, 1}, {false, false}};
    recipe.network.context_frames = 2;
    Batch batch;
    batch.frames = at::full({2, 3, 3, 16, 64}, 120, at::kByte);
    batch.actions = at::zeros({2, 2}, at::kLong);
    batch.seen = batch.frames.slice(1, 0, 2).clone();
    auto bands = [&](float share) {
        recipe.start_share = share;
        at::manual_seed(4);
        InnerModel model(recipe.network);
        at::manual_seed(5);
        const auto loss = segment_loss(model, recipe, batch, at::kCPU);
        EXPECT_TRUE(std::isfinite(loss.total.item<double>()));
        return loss.by_band.index({2, 1}).item<float>();  // samples of sigma 2 and more
    };
    EXPECT_EQ(bands(1), 2);
}

}  // namespace
}  // namespace drift
