// Training: it learns, and a resumed run is the uninterrupted one.
#include "train/trainer.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <fstream>
#include <set>

#include "core/error.h"
#include "games/bricks.h"
#include "games/list.h"
#include "games/policy.h"
#include "model/bytes.h"
#include "scratch_folder.h"
#include "train/loss.h"
#include "train/rollout.h"

namespace drift {
namespace {

std::shared_ptr<const EpisodeSource> bricks() {
    return std::make_shared<RolloutSource>([] { return make_game("bricks"); },
                                           [](std::uint64_t seed) {
                                               return [policy = rollout_policy(seed)](const Game& game) mutable {
                                                   return policy.act(game);
                                               };
                                           });
}

TrainingRecipe small() {
    auto recipe = own_world_recipe(Bricks().info().actions);
    recipe.network.unet = {32, {8, 16}, {1, 1}, {false, false}};
    recipe.batch = 8;
    recipe.warm_up = 10;
    recipe.learning_rate = 2e-3f;
    recipe.k_max = 1;
    recipe.k_every = 3;
    recipe.rollout_episodes = 8, recipe.rollout_length = 64, recipe.rollout_every = 4;
    return recipe;
}

std::string bytes_of(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

TEST(Training, ReachesItsLossInAShortRun) {
    auto recipe = small();
    recipe.k_max = 0;
    Trainer trainer(recipe, bricks(), at::kCPU, false);
    double first = 0, last = 0;
    constexpr int steps = 120, averaged = 20;
    for (int i = 0; i < steps; ++i) {
        double loss = *trainer.step().loss;
        if (i < averaged) first += loss / averaged;
        if (i >= steps - averaged) last += loss / averaged;
    }
    EXPECT_LT(last, 0.5 * first);
    RecordProperty("first", std::to_string(first));
    RecordProperty("last", std::to_string(last));
}

TEST(Training, AllOfABatchMayBeDreams) {
    auto recipe = small();
    recipe.dream_share = 1;
    recipe.dreams = recipe.batch;
    Trainer trainer(recipe, bricks(), at::kCPU, false);
    EXPECT_TRUE(std::isfinite(*trainer.step().loss));
}

TEST(Training, AResumedRunIsTheUninterruptedOneBitForBit) {
    ScratchFolder folder;
    Trainer whole(small(), bricks(), at::kCPU, false);
    for (int i = 0; i < 6; ++i) whole.step();
    whole.save(folder / "whole");

    Trainer begun(small(), bricks(), at::kCPU, false);
    for (int i = 0; i < 3; ++i) begun.step();
    begun.save(folder / "half");
    auto resumed = Trainer::resume(folder / "half", bricks(), at::kCPU, false, [](TrainingRecipe&) {});
    EXPECT_EQ(resumed.steps_done(), 3);
    for (int i = 0; i < 3; ++i) resumed.step();
    resumed.save(folder / "resumed");
    EXPECT_EQ(bytes_of(folder / "whole"), bytes_of(folder / "resumed"));
    EXPECT_NE(bytes_of(folder / "whole"), bytes_of(folder / "half"));
}

TEST(Training, BeginsWithTheWeightsOfAWorld) {
    auto from = small();
    from.seed = 7;
    auto given = Trainer(from, bricks(), at::kCPU, false).averaged();
    Trainer trainer(small(), bricks(), at::kCPU, false);
    trainer.start_from(given);
    auto expected = named_tensors(given), found = named_tensors(trainer.averaged());
    for (std::size_t i = 0; i < expected.size(); ++i)
        EXPECT_TRUE(expected[i].second.equal(found[i].second)) << expected[i].first;
}

TEST(Training, ACheckpointOfAnotherNetworkIsRefused) {
    ScratchFolder folder;
    Trainer trainer(small(), bricks(), at::kCPU, false);
    trainer.save(folder / "checkpoint");
    auto widened = [](TrainingRecipe& recipe) { recipe.network.unet.channels = {8, 32}; };
    EXPECT_THROW(Trainer::resume(folder / "checkpoint", bricks(), at::kCPU, false, widened), Error);
    std::ofstream(folder / "broken") << "no tensors";
    EXPECT_THROW(Trainer::resume(folder / "broken", bricks(), at::kCPU, false, [](TrainingRecipe&) {}), Error);
}

// starts.md's check: with an oracle (D = x0) an Euler step from the start p + sigma_max n stays on the line that was trained.
TEST(CentredStarts, EulerStepsFollowTheTrainedLine) {
    at::manual_seed(1);
    auto x0 = at::rand({2, 3, 8, 8}, at::kDouble) * 2 - 1, p = at::rand({2, 3, 8, 8}, at::kDouble) * 2 - 1,
         n = at::randn({2, 3, 8, 8}, at::kDouble);
    SamplerSettings settings;
    settings.steps = 7;
    auto levels = sigmas(settings);
    auto at_level = [&](float sigma) {
        return noised_toward_previous(x0, p, n, at::full({2, 1, 1, 1}, double(sigma), at::kDouble));
    };
    auto x = p + n * double(levels[0]);
    for (std::size_t i = 0; i + 1 < levels.size(); ++i) {
        EXPECT_LT((x - at_level(levels[i])).abs().max().item<double>(), 1e-6) << "sigma " << levels[i];
        x = x + (x - x0) / double(levels[i]) * (double(levels[i + 1]) - levels[i]);
    }
    EXPECT_LT((x - x0).abs().max().item<double>(), 1e-6);
}

TEST(CentredStarts, ATrainingLearnsThem) {
    auto recipe = small();
    recipe.centred_starts = true;
    EXPECT_EQ(default_settings(recipe).start_centre, 1);
    Trainer trainer(recipe, bricks(), at::kCPU, false);
    double first = *trainer.step().loss, last = 0;
    for (int i = 0; i < 40; ++i) last = *trainer.step().loss;
    EXPECT_LT(last, first);
}

TEST(Recipes, KeepTheSettingsOfTheWorldThatTheyGoOnFrom) {
    auto recipe = small();
    SamplerSettings usual = default_settings(recipe);
    EXPECT_EQ(usual.sigma_min, 1);
    keep_settings(recipe, usual);
    EXPECT_TRUE(recipe.sampler.empty());
    SamplerSettings settings;
    settings.sigma_min = 0.02f, settings.steps = 2, settings.start_scale = 2;
    keep_settings(recipe, settings);
    EXPECT_EQ(default_settings(recipe), settings);
    EXPECT_EQ(default_settings(recipe_of_json(to_json(recipe))), settings);
    recipe.preconditioning.base = Preconditioning::Base::moved, recipe.sampler.clear();
    EXPECT_EQ(default_settings(recipe).sigma_min, 1);
    recipe.sampler["no_such_setting"] = "1";
    EXPECT_THROW(default_settings(recipe), Error);
}

TEST(Recipes, DreamsOfOneCallAreNoneOfThoseThatChoose) {
    auto recipe = small();
    auto short_ones = [&] {
        int count = 0;
        for (int step = 0; step < 100; ++step) count += dream_settings(recipe, 1, step).steps == 1;
        return count;
    };
    EXPECT_GT(short_ones(), 30);
    EXPECT_LT(short_ones(), 70);
    recipe.sampler["sigma_min"] = "0.02";
    EXPECT_EQ(short_ones(), 0);
    EXPECT_EQ(dream_settings(recipe, 1, 7), default_settings(recipe));
}

TEST(Batches, SegmentsAreTheGamesOwnFrames) {
    auto rollouts = bricks()->draw(1, 0, 4, 7, 100);
    auto batch = draw_batch(rollouts, pictures_of(rollouts, at::kCPU), 1, 9, 6, 4, 2, 0.5);
    EXPECT_EQ(batch.frames.sizes(), (at::IntArrayRef{6, 7, 3, 64, 64}));
    EXPECT_EQ(batch.actions.sizes(), (at::IntArrayRef{6, 6}));
    auto again = draw_batch(rollouts, pictures_of(rollouts, at::kCPU), 1, 9, 6, 4, 2, 0.5);
    EXPECT_TRUE(batch.frames.equal(again.frames) && batch.actions.equal(again.actions));
    EXPECT_FALSE(batch.frames.equal(draw_batch(rollouts, pictures_of(rollouts, at::kCPU), 1, 10, 6, 4, 2, 0.5).frames));
}

TEST(Batches, HalfOfABatchHoldsARareEvent) {
    auto rollouts = bricks()->draw(1, 0, 16, 5, 200);
    const auto pictures = pictures_of(rollouts, at::kCPU);
    std::set<std::vector<std::uint8_t>> rare;
    for (const auto& [kind, places] : rollouts.rare)
        for (const auto& place : places) {
            Frame picture;
            rollouts.episodes[static_cast<std::size_t>(place.episode)]->draw(place.frame, picture);
            rare.insert(picture.rgb);
        }
    EXPECT_GE(rare.size(), 50u);
    auto batch = draw_batch(rollouts, pictures, 1, 0, 32, 4, 0, 0.5);
    for (int b = 0; b < 16; ++b) {
        bool holds = false;
        for (int i = 0; i < 5; ++i) holds |= rare.contains(frame_of_bytes(batch.frames[b][i]).rgb);
        EXPECT_TRUE(holds) << b;
    }
}

TEST(Batches, EachKindOfRareEventIsAsLikely) {
    auto rollouts = bricks()->draw(1, 0, 1, 5, 200);
    rollouts.rare = {{1, {}}, {7, {{0, 150}}}};
    for (int frame = 10; frame < 130; ++frame) rollouts.rare[1].push_back({0, frame});
    const auto pictures = pictures_of(rollouts, at::kCPU);
    const auto seldom = pictures[0].segment(150, 1)[0];
    int met = 0;
    for (std::uint64_t step = 0; step < 50; ++step) {
        auto batch = draw_batch(rollouts, pictures, 1, step, 4, 4, 0, 1);
        for (int b = 0; b < 4; ++b) met += (batch.frames[b] == seldom).flatten(1).all(1).any().item<bool>();
    }
    EXPECT_GT(met, 80);
    EXPECT_LT(met, 120);
}

TEST(Batches, WhatIsDecidedInItsVeryFrameIsLearnedThere) {
    auto rollouts = bricks()->draw(1, 0, 1, 5, 200);
    rollouts.rare = {{3, {{0, 150, 0}}}};
    const auto pictures = pictures_of(rollouts, at::kCPU);
    const auto wanted = pictures[0].segment(146, 5);
    for (std::uint64_t step = 0; step < 10; ++step)
        EXPECT_TRUE(draw_batch(rollouts, pictures, 1, step, 1, 4, 0, 1).frames[0].equal(wanted)) << step;
}

TEST(Settling, TheRateFallsToNothing) {
    TrainingRecipe recipe = own_world_recipe(Bricks().info().actions);
    recipe.learning_rate = 1, recipe.warm_up = 10;
    EXPECT_DOUBLE_EQ(recipe.learning_rate_at(5), 0.5);
    EXPECT_DOUBLE_EQ(recipe.learning_rate_at(1000), 1);
    recipe.settle_from = 100, recipe.settle_steps = 50;
    EXPECT_DOUBLE_EQ(recipe.learning_rate_at(100), 1);
    EXPECT_DOUBLE_EQ(recipe.learning_rate_at(125), 0.5);
    EXPECT_DOUBLE_EQ(recipe.learning_rate_at(200), 0);
}

TEST(Moves, ADecidedPixelComesFromWhereItWas) {
    auto p = at::rand({2, 3, 8, 12});
    auto folded = at::pixel_unshuffle(p, 2);
    for (std::int64_t tap = 0; tap < 10; ++tap) {
        auto moves = at::zeros({2, 10, 4, 6});
        moves.select(1, tap).fill_(100);
        auto moved = moved_frame(moves, p, 2);
        if (tap == 9) {
            EXPECT_TRUE(at::allclose(moved, at::zeros_like(p)));
            continue;
        }
        // One folded pixel is two pixels: inside, what was there before is what stood beside it.
        auto expected = at::pixel_shuffle(
            at::replication_pad2d(folded, {1, 1, 1, 1}).slice(2, tap / 3, tap / 3 + 4).slice(3, tap % 3, tap % 3 + 6),
            2);
        EXPECT_TRUE(at::allclose(moved, expected)) << tap;
    }
}

// What the moves answer for: how far off they put the real previous frame, in the units of F's, however F's is weighted and that frame stained.
TEST(Moves, LearnByTheirOwnErrorAlone) {
    auto slope = [](float sigma_data, float changed_weight, float stained = 0) {
        TrainingRecipe recipe = small();
        recipe.network.moves = 1;
        recipe.preconditioning = {Preconditioning::Base::moved, sigma_data, 0.3f, Preconditioning::Rounding::nearest};
        recipe.changed_weight = changed_weight;
        recipe.context_noise_share = 0;
        recipe.drift_share = stained;
        at::manual_seed(1);
        InnerModel model(recipe.network);
        model.move_proj.bias = model.move_proj.bias.detach().requires_grad_(true);
        const auto t = recipe.network.context_frames;
        Batch batch;
        batch.frames = at::randint(256, {2, 1, 3, 16, 16}, at::kByte).repeat({1, t + 1, 1, 1, 1});
        batch.frames.select(1, t).copy_(batch.frames.select(1, t - 1).roll({2}, {3}));  // two pixels to the right
        batch.actions = at::zeros({2, t}, at::kLong);
        batch.seen = batch.frames.slice(1, 0, t).clone();
        segment_loss(model, recipe, batch, at::kCPU).total.backward();
        return model.move_proj.bias.grad().clone();
    };
    const auto plain = slope(0.5f, 0);
    EXPECT_EQ(plain.argmin().item<std::int64_t>(), 3) << "the tap on the left, from where the picture came";
    EXPECT_TRUE(at::allclose(slope(0.5f, 1000), plain));
    EXPECT_TRUE(at::allclose(slope(0.5f, 0, 1), plain));
    EXPECT_TRUE(at::allclose(slope(0.25f, 0), 4 * plain, 1e-4));
}

TEST(Moves, AWorldOfThatFormIsTrainedWrittenAndReadAgain) {
    TrainingRecipe recipe = small();
    recipe.network.moves = 1;
    recipe.preconditioning = {Preconditioning::Base::moved, 0.5f, 0.3f, Preconditioning::Rounding::nearest};
    TrainingRecipe plain = recipe;
    plain.network.moves = 0, plain.preconditioning.base = Preconditioning::Base::zero;
    Trainer before(plain, bricks(), at::kCPU, false);
    before.step();
    Trainer trainer(recipe, bricks(), at::kCPU, false);
    trainer.start_from(before.averaged());  // which says nothing of moves
    double first = *trainer.step().loss;
    EXPECT_TRUE(std::isfinite(first));
    auto network = trainer.averaged();
    auto tensors = named_tensors(network);
    EXPECT_EQ(tensors.back().first, "move_proj.bias");
    EXPECT_GT(tensors.back().second.abs().max().item<float>(), 0);  // it has learned something
}

}  // namespace
}  // namespace drift
