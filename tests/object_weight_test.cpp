// A training learns most around the game's objects, where it is known where they stand.
#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "games/bricks.h"
#include "games/list.h"
#include "train/dream_pool.h"
#include "train/loss.h"
#include "train/rollout.h"

namespace drift {
namespace {

std::shared_ptr<const EpisodeSource> idle(const std::string& game) {
    return std::make_shared<RolloutSource>(
        [game] { return make_game(game); },
        [](std::uint64_t) { return [](const Game& played) { return played.info().actions.noop(); }; });
}

TEST(Objects, OfABatchAreThoseOfTheFramesToBeLearned) {
    const auto set = idle("bricks")->draw(1, 0, 1, 7, 6);
    const Episode& episode = *set.episodes.front();
    ASSERT_EQ(episode.frames(), 7);
    const auto batch =
        draw_batch(set, pictures_of(set, at::kCPU), 1, 0, 2, 4, 2, 0, true);  // there is one place to begin at
    ASSERT_EQ(batch.objects.sizes(), (at::IntArrayRef{2, 3, 2, 2}));
    for (int i = 0; i < 3; ++i) {
        const Probe there = Bricks().probe([&] {
            Frame picture;
            episode.draw(4 + i, picture);
            return picture;
        }());
        for (int object : {Bricks::ball, Bricks::paddle}) {
            const auto place = batch.objects[1][i][object];
            EXPECT_EQ(place[0].item<float>(), there.objects[static_cast<std::size_t>(object)]->x);
            EXPECT_EQ(place[1].item<float>(), there.objects[static_cast<std::size_t>(object)]->y);
        }
    }
}

TEST(Objects, OfAGameWithAMapAreNowhereInThePicture) {
    const auto set = idle("rover")->draw(1, 0, 1, 7, 6);
    EXPECT_EQ(draw_batch(set, pictures_of(set, at::kCPU), 1, 0, 2, 4, 2, 0, true).objects.sizes(),
              (at::IntArrayRef{2, 3, 0, 2}));
}

TEST(Objects, OfADreamAreThoseOfItsTruth) {
    DreamPool pool(idle("bricks"), 1, 2, 4);
    pool.advance([](const at::Tensor& frames, const at::Tensor&) { return frames.select(1, 3); });
    const auto batch = pool.draw(1, 0, 2, 0, 0, true);
    Frame picture(64, 64);
    for (int b = 0; b < 2; ++b) {
        const auto bytes = batch.frames[b][4].permute({1, 2, 0}).contiguous();
        std::copy_n(bytes.data_ptr<std::uint8_t>(), picture.rgb.size(), picture.rgb.begin());
        EXPECT_EQ(batch.objects[b][0][Bricks::paddle][0].item<float>(),
                  Bricks().probe(picture).objects[Bricks::paddle]->x);
    }
}

// What is learned of each pixel: how much the loss changes with the truth there.
TEST(Objects, WeighAsMuchMoreAsIsAskedWithinThreePixels) {
    TrainingRecipe recipe = own_world_recipe(Bricks().info().actions);
    recipe.network.unet = {32, {8, 16}, {1, 1}, {false, false}};
    recipe.changed_weight = recipe.drift_share = recipe.context_noise_share = 0;
    constexpr float nowhere = std::numeric_limits<float>::quiet_NaN();
    const auto t = recipe.network.context_frames;
    at::manual_seed(1);
    const InnerModel model(recipe.network);
    const auto loss_with = [&](float weight, float x, float y, bool one_pixel) {
        recipe.object_weight = weight;
        Batch batch;
        batch.frames = at::full({1, t + 1, 3, 16, 16}, 100, at::kByte);
        // The target is that much off there, and F, which says nothing at first, is as far off.
        if (one_pixel) batch.frames[0][t].select(1, 8).select(1, 5).fill_(200);
        batch.actions = at::zeros({1, t}, at::kLong);
        batch.seen = batch.frames.slice(1, 0, t).clone();
        batch.objects = at::tensor({nowhere, nowhere, x, y}).view({1, 1, 2, 2});
        at::manual_seed(2);
        return segment_loss(model, recipe, batch, at::kCPU).total.item<double>();
    };
    const auto of_pixel = [&](float weight, float x, float y) {
        return loss_with(weight, x, y, true) - loss_with(weight, x, y, false);
    };
    const double plain = of_pixel(0, 5, 8);
    ASSERT_GT(std::abs(plain), 1e-3);
    EXPECT_EQ(of_pixel(9, nowhere, nowhere), plain) << "an object that is not seen is near to nothing";
    EXPECT_NEAR(of_pixel(9, 5.5f, 8.5f) / plain, 10, 1e-3);
    EXPECT_NEAR(of_pixel(9, 8.5f, 11.5f) / plain, 10, 1e-3) << "three pixels away";
    EXPECT_NEAR(of_pixel(9, 9.0f, 8.5f) / plain, 1, 1e-3) << "three and a half";
}

}  // namespace
}  // namespace drift
