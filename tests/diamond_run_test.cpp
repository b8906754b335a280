// The folder of a training of DIAMOND's: its newest weights with its own configuration.
#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <fstream>

#include "diamond_fixture.h"
#include "model/checkpoint/checkpoint.h"
#include "model/world/diamond.h"
#include "model/world/world_file.h"

namespace drift {
namespace {

// What a training of DIAMOND's leaves behind, with the small agent as two of its epochs.
struct DiamondRun : Diamond {
    fs::path root = scratch.path() / "2024-05-06";
    void SetUp() override {
        fs::create_directories(root / "checkpoints/agent_versions");
        fs::create_directories(root / "config");
        TensorMap weights = read_checkpoint(golden / "atari-odd/weights.pt");
        write_safetensors(root / "checkpoints/agent_versions/agent_epoch_00050.pt", weights);
        weights["denoiser.inner_model.conv_out.bias"] = at::full({3}, 0.25f);
        write_safetensors(root / "checkpoints/agent_versions/agent_epoch_00009.pt", weights);
        std::ofstream(root / "checkpoints/agent_versions/._agent_epoch_00099.pt") << "junk";
        fs::copy_file(root / "checkpoints/agent_versions/agent_epoch_00009.pt", root / "checkpoints/state.pt");
        auto indented = [](const fs::path& file) {
            std::ifstream in(file);
            std::string text, line;
            while (std::getline(in, line)) text += "  " + line + "\n";
            return text;
        };
        std::ofstream(root / "config/trainer.yaml")
            << "wandb:\n  mode: disabled\nagent:\n"
            << indented(golden / "atari-odd/config.yaml") << "env:\n"
            << indented(golden / "atari-odd/env.yaml")
            << "denoiser:\n  training:\n    num_autoregressive_steps: 1\n  sigma_data: [1]\nworld_model_env:\n  "
               "horizon: 15\n  diffusion_sampler:\n"
            << "    num_steps_denoising: 2\n    sigma_min: 0.004\n    sigma_max: 4.0\n    rho: 7\n    order: 2\n    "
               "s_churn: 0.0\n    s_tmax: .inf\n";
    }
};

TEST_F(DiamondRun, ItsFolderOpensTheNewestEpochWithItsConfiguration) {
    auto newest = load_world(root / "checkpoints/agent_versions/agent_epoch_00050.pt", on_cpu);
    auto older = load_world(root / "checkpoints/agent_versions/agent_epoch_00009.pt", on_cpu);
    const auto frames = played(*newest, 3), others = played(*older, 3);
    EXPECT_NE(frames, others);
    for (const fs::path& folder : {root, root / "checkpoints", root / "checkpoints/agent_versions"}) {
        WorldSpec spec;
        auto world = load_world(folder, on_cpu, &spec);
        EXPECT_EQ(world->info().width, 38) << folder;
        EXPECT_EQ(world->info().height, 50);
        EXPECT_EQ(world->info().title, "Breakout, DIAMOND's");
        EXPECT_EQ(world->info().name, folder.filename().string());
        EXPECT_EQ(world->info().defaults.steps, 2);
        EXPECT_EQ(world->info().defaults.solver, Solver::heun);
        EXPECT_EQ(world->info().defaults.sigma_max, 4.0f);
        EXPECT_EQ(spec.training_note, "a training of DIAMOND's, epoch 50");
        EXPECT_EQ(world->info().opening_note.find("assumed"), std::string::npos) << world->info().opening_note;
        EXPECT_EQ(played(*world, 3), frames);
        EXPECT_TRUE(is_world(folder));
    }
    EXPECT_EQ(played(*load_world(root / "checkpoints/state.pt", on_cpu), 3), others);
    EXPECT_EQ(load_world(root / "checkpoints/state.pt", on_cpu)->info().width, 38);
    fs::remove_all(root / "checkpoints/agent_versions");
    EXPECT_EQ(played(*load_world(root, on_cpu), 3), others) << "its state where it kept no epochs";
}

TEST_F(DiamondRun, WithoutAConfigurationWhatIsAssumedIsSaid) {
    fs::rename(root / "config/trainer.yaml", root / "trainer.txt");
    auto world = load_world(root, on_cpu);
    EXPECT_NE(world->info().opening_note.find("There is no configuration beside the weights; assumed: frames of 32x32, "
                                              "sigma_data 0.5, sigma_offset_noise 0.3."),
              std::string::npos)
        << world->info().opening_note;
    std::ofstream(root / "config/trainer.yaml") << "env:\n  train:\n    id: PongNoFrameskip-v4\n    size: [50, 38]\n";
    world = load_world(root, on_cpu);
    EXPECT_EQ(world->info().width, 38);
    EXPECT_EQ(world->info().title, "Pong, DIAMOND's");
    EXPECT_NE(world->info().opening_note.find("does not say all; assumed: sigma_data 0.5, sigma_offset_noise 0.3."),
              std::string::npos)
        << world->info().opening_note;
}

}  // namespace
}  // namespace drift
