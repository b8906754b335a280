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

TEST(Objects, OfABatchAreThoseOfTheFrameBeforeAndOfThoseToBeLearned) {
    const auto set = idle("bricks")->draw(1, 0, 1, 7, 6);
    const Episode& episode = *set.episodes.front();
    ASSERT_EQ(episode.frames(), 7);
    const auto batch = draw_batch(set, pictures_of(set, at::kCPU), 1, 0, 2, 4, 2, 0,
                                  Located::objects);  // there is one place to begin at
    ASSERT_EQ(batch.objects.sizes(), (at::IntArrayRef{2, 4, 2, 2}));
    for (int i = 0; i < 4; ++i) {
        const Probe there = Bricks().probe([&] {
            Frame picture;
            episode.draw(3 + i, picture);
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
    EXPECT_EQ(draw_batch(set, pictures_of(set, at::kCPU), 1, 0, 2, 4, 2, 0, Located::objects).objects.sizes(),
              (at::IntArrayRef{2, 4, 0, 2}));
}

TEST(Objects, OfADreamAreThoseOfItsTruth) {
    DreamPool pool(idle("bricks"), 1, 2, 4, 8);
    pool.advance([](const at::Tensor& frames, const at::Tensor&) { return frames.select(1, 3); });
    const auto batch = pool.draw(1, 0, 2, 0, 0, Located::objects);
    Frame picture(64, 64);
    for (int b = 0; b < 2; ++b) {
        const auto bytes = batch.frames[b][4].permute({1, 2, 0}).contiguous();
        std::copy_n(bytes.data_ptr<std::uint8_t>(), picture.rgb.size(), picture.rgb.begin());
        EXPECT_EQ(batch.objects[b][1][Bricks::paddle][0].item<float>(),
                  Bricks().probe(picture).objects[Bricks::paddle]->x);
    }
}

constexpr float nowhere = std::numeric_limits<float>::quiet_NaN();

// What is learned of one pixel: how much the loss changes with the truth there.
struct OnePixel {
    TrainingRecipe recipe = own_world_recipe(Bricks().info().actions);
    InnerModel model;
    float before[4] = {nowhere, nowhere, nowhere, nowhere}, now[4] = {nowhere, nowhere, nowhere, nowhere};  // objects
    int moved_x = -1, moved_y = -1;  // a pixel in which the last two frames of the context differ

    OnePixel() {
        recipe.network.unet = {32, {8, 16}, {1, 1}, {false, false}};
        recipe.changed_weight = recipe.drift_share = recipe.context_noise_share = 0;
        at::manual_seed(1);
        model = InnerModel(recipe.network);
    }
    double loss(bool off) const {
        const auto t = recipe.network.context_frames;
        Batch batch;
        batch.frames = at::full({1, t + 1, 3, 16, 16}, 100, at::kByte);
        if (moved_x >= 0) batch.frames[0][t - 1].select(1, moved_y).select(1, moved_x).fill_(110);
        if (moved_x >= 0) batch.frames[0][t].select(1, moved_y).select(1, moved_x).fill_(110);
        // The target is that much off there, and F, which says nothing at first, is as far off.
        if (off) batch.frames[0][t].select(1, 8).select(1, 5).fill_(200);
        batch.actions = at::zeros({1, t}, at::kLong);
        batch.seen = batch.frames.slice(1, 0, t).clone();
        batch.objects = at::stack({at::tensor(at::ArrayRef<float>(before, 4)).view({2, 2}),
                                   at::tensor(at::ArrayRef<float>(now, 4)).view({2, 2})})
                            .unsqueeze(0);
        at::manual_seed(2);
        return segment_loss(model, recipe, batch, at::kCPU).total.item<double>();
    }
    double learned() const { return loss(true) - loss(false); }
    double near(float (&objects)[4], float x, float y) {
        objects[2] = x, objects[3] = y;
        const double it = learned();
        objects[2] = objects[3] = nowhere;
        return it;
    }
};

TEST(Objects, WeighAsMuchMoreAsIsAskedWithinThreePixels) {
    OnePixel pixel;
    const double plain = pixel.learned();
    ASSERT_GT(std::abs(plain), 1e-3);
    pixel.recipe.object_weight = 9;
    EXPECT_EQ(pixel.learned(), plain) << "an object that is not seen is near to nothing";
    EXPECT_NEAR(pixel.near(pixel.now, 5.5f, 8.5f) / plain, 10, 1e-3);
    EXPECT_NEAR(pixel.near(pixel.now, 8.5f, 11.5f) / plain, 10, 1e-3) << "three pixels away";
    EXPECT_NEAR(pixel.near(pixel.now, 9.0f, 8.5f) / plain, 1, 1e-3) << "three and a half";
    EXPECT_NEAR(pixel.near(pixel.before, 5.5f, 8.5f) / plain, 1, 1e-3) << "where it was";
}

TEST(Objects, ByTheContextTheWeightLiesWhereTheyWere) {
    OnePixel pixel;
    const double plain = pixel.learned();
    pixel.recipe.object_weight = 9, pixel.recipe.weigh_by_context = true;
    EXPECT_NEAR(pixel.near(pixel.before, 5.5f, 8.5f) / plain, 10, 1e-3);
    EXPECT_NEAR(pixel.near(pixel.before, 11.5f, 8.5f) / plain, 10, 1e-3) << "six pixels away: it may come here";
    EXPECT_NEAR(pixel.near(pixel.before, 12.0f, 8.5f) / plain, 1, 1e-3) << "six and a half";
    EXPECT_NEAR(pixel.near(pixel.now, 5.5f, 8.5f) / plain, 1, 1e-3) << "what comes has no say";
}

TEST(WeighedByTheContext, PixelsThatChangedBeforeAreLearnedMoreAndThoseThatChangeNowAreNot) {
    OnePixel pixel;
    const double plain = pixel.learned();
    pixel.recipe.changed_weight = 9, pixel.recipe.changed_part = 1;
    EXPECT_GT(pixel.learned() / plain, 1.5) << "by what comes: the pixel itself changes";
    pixel.recipe.weigh_by_context = true;
    EXPECT_NEAR(pixel.learned() / plain, 1, 1e-3);
    pixel.moved_x = 8, pixel.moved_y = 8;  // three pixels beside it
    pixel.recipe.changed_weight = 0;
    const double still = pixel.learned();
    pixel.recipe.changed_weight = 9;
    EXPECT_GT(pixel.learned() / still, 1.5);
    pixel.moved_x = 9;  // four
    pixel.recipe.changed_weight = 0;
    const double further = pixel.learned();
    pixel.recipe.changed_weight = 9;
    EXPECT_NEAR(pixel.learned() / further, 1, 1e-3);
}

}  // namespace
}  // namespace drift
