// A training that goes on from a world and lets it remember longer: it begins as the world that it was.
#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "core/error.h"
#include "games/bricks.h"
#include "model/sampling/denoiser.h"
#include "model/world/world_file.h"
#include "scratch_folder.h"
#include "train/rollout.h"
#include "train/trainer.h"

namespace drift {
namespace {

constexpr int context = 2, longer = 7;

std::shared_ptr<const EpisodeSource> idle_bricks() {
    return std::make_shared<RolloutSource>([] { return std::make_unique<Bricks>(); },
                                           [](std::uint64_t) { return [](const Game&) { return 0; }; });
}

TrainingRecipe small() {
    auto recipe = own_world_recipe(Bricks().info().actions);
    recipe.network.unet = {32, {8, 16}, {1, 1}, {false, false}};
    recipe.network.context_frames = context, recipe.network.context_channels = 3 * context;
    recipe.batch = 2, recipe.dreams = 2, recipe.rollout_episodes = 2, recipe.rollout_length = 40;
    return recipe;
}

TrainingRecipe long_small() {
    auto recipe = small();
    recipe.network.recent_frames = recipe.network.recent();
    recipe.network.context_frames = longer, recipe.network.context_channels = 3 * longer;
    return recipe;
}

TEST(LongerContext, BeginsAsTheWorldThatItWas) {
    at::NoGradGuard no_grad;
    Trainer before(small(), idle_bricks(), at::kCPU, false), after(long_small(), idle_bricks(), at::kCPU, false);
    auto old = before.averaged();
    old.conv_out.weight.copy_(at::randn(old.conv_out.weight.sizes()) * 0.1);  // a new one says nothing
    after.start_from(old);
    const auto now = after.averaged();
    const auto x = at::randn({2, 3 * (longer + 1), 16, 16}), noise = at::randn({2});
    const auto actions = at::randint(0, 3, {2, longer}, at::kLong);
    const auto newest = actions.slice(1, longer - context);
    const auto expected = old.forward(x.slice(1, 3 * (longer - context)), old.condition(noise, noise, newest));
    const auto found = now.forward(x, now.condition(noise, noise, actions));
    EXPECT_TRUE(at::allclose(found.f, expected.f, 1e-4, 1e-5)) << (found.f - expected.f).abs().max();
    EXPECT_GT(expected.f.abs().max().item<float>(), 0.01f);
    const auto other = at::cat({at::randint(0, 3, {2, longer - context}, at::kLong), newest}, 1);
    EXPECT_TRUE(now.embed_actions(other).equal(now.embed_actions(actions))) << "older actions are not told";
}

TEST(LongerContext, LearnsFromTheOlderFrames) {
    Trainer trainer(long_small(), idle_bricks(), at::kCPU, false);
    trainer.start_from(Trainer(small(), idle_bricks(), at::kCPU, false).averaged());
    auto older = [&] {
        const int fold = long_small().network.space_to_depth;
        return trainer.averaged().conv_in.weight.slice(1, 0, 3 * (longer - context) * fold * fold);
    };
    EXPECT_EQ(older().abs().max().item<float>(), 0);
    for (int i = 0; i < 2; ++i) trainer.step();
    EXPECT_GT(older().abs().max().item<float>(), 0);
}

TEST(LongerContext, OlderFramesAreSeenAsWhatMovedInThem) {
    const auto recipe = long_small();
    const InnerModel model(recipe.network);
    const int fold = recipe.network.space_to_depth, seen = 3 * fold * fold;
    auto frames = at::randn({1, 3, 16, 16}).repeat({1, longer, 1, 1});
    auto folded = [&] { return folded_context(model, recipe.preconditioning, frames); };
    const auto still = folded();
    EXPECT_EQ(still.slice(1, 0, seen * (longer - context)).abs().max().item<float>(), 0);
    EXPECT_GT(still.slice(1, seen * (longer - context)).abs().min().item<float>(), 0);
    frames.slice(1, 0, 3).add_(1);  // the oldest
    const auto changed = (folded() - still).abs().amax({0, 2, 3}) > 0;
    EXPECT_TRUE(changed.slice(0, 0, seen).all().item<bool>());
    EXPECT_FALSE(changed.slice(0, seen).any().item<bool>());
}

TEST(LongerContext, IsWrittenAndRead) {
    ScratchFolder folder;
    Trainer trainer(long_small(), idle_bricks(), at::kCPU, false);
    WorldSpec spec;
    spec.title = "long", spec.width = spec.height = 64, spec.rate = 15;
    spec.actions = Bricks().info().actions, spec.network = long_small().network;
    spec.preconditioning = long_small().preconditioning;
    History history;
    history.frames.assign(longer, Frame(64, 64));
    history.actions.assign(longer - 1, 0);
    write_world(folder / "world", spec, trainer.averaged(), {history});
    EXPECT_EQ(read_world_spec(folder / "world").network, spec.network);
    const auto file = folder / "world" / "world.toml";
    std::ifstream in(file);
    std::string text{std::istreambuf_iterator<char>(in), {}};
    text.replace(text.find("recent_frames = 2"), 17, "recent_frames = 3");
    std::ofstream(file) << text;
    EXPECT_THROW(read_world_spec(folder / "world"), Error) << "32 channels are not three parts";
}

}  // namespace
}  // namespace drift
