// DIAMOND's files as people have them: found, read, imported, and refused in words.
#include <gtest/gtest.h>
#include <torch/torch.h>

#include <fstream>

#include "core/csgo_action.h"
#include "core/error.h"
#include "formats/npy.h"
#include "model/checkpoint/checkpoint.h"
#include "model/load.h"
#include "model/world/ale_actions.h"
#include "model/world/diamond.h"
#include "model/world/world_file.h"
#include "scratch_folder.h"

namespace drift {
namespace {

namespace fs = std::filesystem;
const fs::path golden = "tests/golden";
const LoadOptions on_cpu = {.device = "cpu", .precision = "fp32"};

struct Diamond : testing::Test {
    ScratchFolder scratch;

    // atari_100k/ as Hugging Face has it, with the small agent in the place of Breakout's.
    fs::path atari() {
        fs::path root = scratch.path() / "atari_100k";
        fs::create_directories(root / "models");
        fs::create_directories(root / "config/agent");
        fs::create_directories(root / "config/env");
        fs::copy_file(golden / "atari-odd/weights.pt", root / "models/Breakout.pt",
                      fs::copy_options::overwrite_existing);
        fs::copy_file(golden / "atari-odd/config.yaml", root / "config/agent/default.yaml",
                      fs::copy_options::overwrite_existing);
        fs::copy_file(golden / "atari-odd/env.yaml", root / "config/env/atari.yaml",
                      fs::copy_options::overwrite_existing);
        return root;
    }
    // The csgo set with its small spawn folder, whose frames are smaller than its configuration says.
    fs::path csgo() {
        fs::path root = scratch.path() / "csgo";
        fs::create_directories(root);
        for (const char* name : {"weights.pt", "config.yaml", "env.yaml"})
            fs::copy_file(golden / "csgo-narrow" / name, root / name, fs::copy_options::overwrite_existing);
        fs::copy(golden / "csgo-narrow/spawn-small", root / "spawn",
                 fs::copy_options::recursive | fs::copy_options::overwrite_existing);
        change(root / "env.yaml", "[150, 280]", "[35, 45]");
        return root;
    }
    static std::string refusal(const fs::path& path) {
        try {
            load_world(path, on_cpu);
        } catch (const Error& error) {
            return error.what();
        }
        return "";
    }
    static void change(const fs::path& file, const std::string& from, const std::string& to) {
        std::ifstream in(file);
        std::string text((std::istreambuf_iterator<char>(in)), {});
        ASSERT_NE(text.find(from), std::string::npos);
        text.replace(text.find(from), from.size(), to);
        std::ofstream(file) << text;
    }
    // A few steps with a policy of keys: their bytes.
    static std::vector<Frame> played(WorldModel& world, int steps) {
        History history = world.openings().front();
        world.begin(history);
        std::vector<Frame> frames;
        for (int i = 0; i < steps; ++i) {
            Beyond beyond;
            int action = world.info().actions.index({1u << (1 + i % 3)});
            DreamRequest request{&history, action, world.info().defaults, 7, static_cast<std::uint64_t>(i), 0};
            request.beyond = &beyond;
            Frame frame;
            world.imagine({&request, 1}, {&frame, 1});
            history.roll(action, frame, beyond);
            frames.push_back(frame);
        }
        return frames;
    }
};

TEST_F(Diamond, AtariPlaysFromItsFileOrItsFolder) {
    fs::path root = atari();
    auto world = load_world(root / "models/Breakout.pt", on_cpu);
    EXPECT_EQ(world->info().name, "Breakout");
    EXPECT_EQ(world->info().width, 38);
    EXPECT_EQ(world->info().height, 50);
    EXPECT_EQ(world->info().rate, 15);
    ASSERT_EQ(world->info().actions.size(), 4);
    EXPECT_EQ(world->info().actions.entries[2].name, "right");
    EXPECT_NE(world->info().opening_note.find("invented"), std::string::npos)
        << "there are no start frames, and that is said";
    EXPECT_EQ(played(*world, 3), played(*load_world(root, on_cpu), 3)) << "the only world of the folder";
    fs::copy_file(root / "models/Breakout.pt", root / "models/Pong.pt");
    EXPECT_NE(refusal(root).find("Breakout.pt, Pong.pt"), std::string::npos) << "it says what there is to choose from";
    EXPECT_EQ(load_world(root / "models/Pong.pt", on_cpu)->info().title, "Pong, DIAMOND's")
        << "whichever game the configuration beside all of them names";
}

TEST_F(Diamond, AnImportedWorldPlaysTheSameBytes) {
    for (const fs::path& from : {golden / "atari-odd", csgo()}) {
        auto files = find_diamond(from);
        ASSERT_TRUE(files);
        import_diamond(*files, scratch.path() / from.filename(), {});
        auto original = load_world(from, on_cpu), imported = load_world(scratch.path() / from.filename(), on_cpu);
        EXPECT_EQ(original->info().actions, imported->info().actions);
        EXPECT_EQ(original->info().defaults, imported->info().defaults);
        EXPECT_EQ(original->info().opening_note, imported->info().opening_note);
        EXPECT_EQ(played(*original, 4), played(*imported, 4));
        EXPECT_THROW(import_diamond(*files, scratch.path() / from.filename(), {}), Error)
            << "a world that is there is not overwritten";
    }
}

TEST_F(Diamond, CsgoHasTwoSamplersAndStartsFromItsSpawns) {
    auto world = load_world(csgo(), on_cpu);
    const WorldInfo& info = world->info();
    EXPECT_EQ(info.low_width, 9);
    EXPECT_EQ(info.low_height, 7);
    EXPECT_EQ(info.actions.kind, ActionSpace::Kind::csgo);
    ASSERT_EQ(info.defaults.upsampler.size(), 1u);
    EXPECT_EQ(info.defaults.upsampler[0].solver, Solver::heun);
    EXPECT_EQ(world->openings().front().low.size(), 4u);
    auto frames = played(*world, 2);
    EXPECT_EQ(frames[0].width, 45);

    // Both samplers count, and each lane's by itself.
    History history = world->openings().front();
    std::vector<DreamRequest> requests(3, {&history, info.actions.noop(), info.defaults, 7, 1, 0});
    requests[1].settings.upsampler[0].steps = 3;
    requests[2].settings.steps = 2;
    std::vector<Frame> made(3);
    std::vector<Beyond> beyond(3);
    for (std::size_t i = 0; i < 3; ++i) requests[i].beyond = &beyond[i];
    world->imagine(requests, made);
    EXPECT_EQ(beyond[0].low, beyond[1].low) << "the small frame is the same";
    EXPECT_NE(made[0], made[1]);
    EXPECT_NE(beyond[0].low, beyond[2].low);
}

TEST_F(Diamond, AConfigurationOfAnotherNetworkIsToldInOneSentence) {
    fs::path root = atari();
    change(root / "config/agent/default.yaml", "channels: [8, 16, 32]", "channels: [8, 16, 64]");
    std::string said = refusal(root);
    EXPECT_NE(said.find("channels [8, 16, 64], the weights have [8, 16, 32]"), std::string::npos) << said;
    EXPECT_EQ(said.find('\n'), std::string::npos);
    change(root / "config/agent/default.yaml", "denoiser:", "denoiser: [");
    EXPECT_NE(refusal(root).find("YAML"), std::string::npos);
    fs::remove_all(root / "config");
    auto world = load_world(root, on_cpu);
    EXPECT_EQ(world->info().width, 32) << "without one the reward model's frames say the size";
    EXPECT_TRUE(world->info().rewards);
    EXPECT_TRUE(world->info().policy);
}

TEST_F(Diamond, RewardEndAndPlayerAreAskedAndRemember) {
    fs::path root = atari();
    fs::remove_all(root / "config");
    auto world = load_world(root, on_cpu);
    History history = world->openings().front();
    world->begin(history);
    ASSERT_TRUE(history.outcome);
    EXPECT_EQ(history.memory.size(), 2u * (16 + 16)) << "h and c of two LSTMs of 16";
    ASSERT_EQ(history.outcome->policy.size(), 4u);
    float sum = 0;
    for (float p : history.outcome->policy) sum += p;
    EXPECT_NEAR(sum, 1, 1e-5);
    Beyond beyond;
    DreamRequest request{&history, 2, world->info().defaults, 7, 1, 0};
    request.beyond = &beyond;
    Frame frame;
    world->imagine({&request, 1}, {&frame, 1});
    ASSERT_TRUE(beyond.outcome);
    EXPECT_NE(beyond.memory, history.memory);
    EXPECT_LE(std::abs(beyond.outcome->reward), 1);
    Beyond again;
    request.beyond = &again;
    world->imagine({&request, 1}, {&frame, 1});
    EXPECT_EQ(again.outcome, beyond.outcome) << "what is drawn is drawn by seed and step";
    EXPECT_EQ(again.memory, beyond.memory);
}

TEST_F(Diamond, StartFramesArePicturesOrArrays) {
    fs::path root = atari();
    fs::create_directories(root / "models/Breakout");
    for (int i = 0; i < 5; ++i) std::ofstream(root / "models/Breakout" / (std::to_string(i) + ".png")) << i;
    LoadOptions options = on_cpu;
    options.read_picture = [](const fs::path& file) {
        Frame frame(38, 50);
        frame.rgb[0] = static_cast<std::uint8_t>(std::stoi(file.stem().string()));
        return frame;
    };
    auto world = load_world(root, options);
    ASSERT_EQ(world->openings().size(), 1u);
    EXPECT_EQ(world->openings()[0].frames[0].rgb[0], 1) << "the last four of five";
    EXPECT_TRUE(world->info().opening_note.find("invented") == std::string::npos);
    options.read_picture = [](const fs::path&) { return Frame(8, 8); };
    EXPECT_THROW(load_world(root, options), Error);

    const OpeningShape shape{45, 35, 9, 7, 4, csgo_actions()};
    auto spawns = read_spawns(golden / "csgo-narrow/spawn-small", shape, {});
    ASSERT_EQ(spawns.size(), 1u);
    EXPECT_EQ(spawns[0].low[0].width, 9);
    OpeningShape other = shape;
    other.low_width = 10;
    EXPECT_THROW(read_spawns(golden / "csgo-narrow/spawn-small", other, {}), Error);
}

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

TEST_F(Diamond, WeightsAreKnownByTheirContentsAndTheirNamesArePlain) {
    fs::path root = atari();
    const auto frames = played(*load_world(root, on_cpu), 3);
    const TensorMap weights = read_checkpoint(golden / "atari-odd/weights.pt");
    fs::remove(root / "models/Breakout.pt");
    auto again = [&](const char* file, auto change) {
        TensorMap changed;
        for (const auto& [name, tensor] : weights) changed[change(name)] = tensor;
        write_safetensors(root / "models" / file, changed);
        auto world = load_world(root / "models" / file, on_cpu);
        EXPECT_EQ(world->info().width, 38) << file;
        EXPECT_EQ(played(*world, 3), frames) << file;
        EXPECT_TRUE(is_world(root / "models" / file)) << file;
        EXPECT_EQ(played(*load_world(root, on_cpu), 3), frames) << "the one of its folder: " << file;
        fs::remove(root / "models" / file);
    };
    again("Breakout.PT", [](const std::string& name) { return name; });
    again("Breakout.pth", [](const std::string& name) { return "module." + name; });
    again("Breakout.bin", [](const std::string& name) { return "model._orig_mod." + name; });
    again("Breakout.safetensors",
          [](const std::string& name) { return std::string(name).insert(name.find('.'), "._orig_mod"); });
    fs::create_directories(scratch.path() / "alone");
    write_safetensors(scratch.path() / "alone/Weights.PTH", weights);
    EXPECT_EQ(load_world(scratch.path() / "alone", on_cpu)->info().width, 32);
    write_safetensors(scratch.path() / "alone/of any name", weights);
    EXPECT_EQ(load_world(scratch.path() / "alone/of any name", on_cpu)->info().width, 32);
    std::ofstream(scratch.path() / "text") << "text";
    EXPECT_NE(refusal(scratch.path() / "text").find("found another kind of file"), std::string::npos);
    EXPECT_FALSE(is_world(scratch.path() / "text"));
    // A world's own files stand for its folder.
    auto files = find_diamond(scratch.path() / "alone");
    ASSERT_TRUE(files);
    import_diamond(*files, scratch.path() / "imported", {});
    for (const char* name : {"world.toml", "weights.safetensors"})
        EXPECT_EQ(load_world(scratch.path() / "imported" / name, on_cpu)->info().name, "imported") << name;
}

TEST_F(Diamond, MoreActionsThanBitsArePlayed) {
    TensorMap weights = read_checkpoint(golden / "atari-odd/weights.pt");
    auto repeated = [&](const char* name) {
        at::Tensor& tensor = weights.at(name);
        tensor = tensor.repeat(tensor.dim() == 2 ? std::vector<std::int64_t>{10, 1} : std::vector<std::int64_t>{10}) *
                 at::linspace(0.5, 1.5, 10 * tensor.size(0))
                     .reshape(tensor.dim() == 2 ? std::vector<std::int64_t>{-1, 1} : std::vector<std::int64_t>{-1});
    };
    repeated("denoiser.inner_model.act_emb.0.weight");
    repeated("rew_end_model.act_emb.weight");
    repeated("actor_critic.actor_linear.weight");
    repeated("actor_critic.actor_linear.bias");
    write_safetensors(scratch / "many.pt", weights);
    auto world = load_world(scratch / "many.pt", on_cpu);
    ASSERT_EQ(world->info().actions.size(), 40);
    import_diamond(*find_diamond(scratch / "many.pt"), scratch / "imported", {});
    auto imported = load_world(scratch / "imported", on_cpu);
    EXPECT_EQ(imported->info().actions, world->info().actions);
    History history = world->openings().front();
    world->begin(history);
    auto with = [&](int action) {
        DreamRequest request{&history, world->info().actions.index(Action::of(action)), world->info().defaults, 7, 1,
                             0};
        Beyond beyond;
        request.beyond = &beyond;
        Frame frame;
        world->imagine({&request, 1}, {&frame, 1});
        return frame;
    };
    EXPECT_NE(with(39), with(0));
    EXPECT_NE(with(39), with(7)) << "39 is no action of 32 bits turned round";
}

TEST_F(Diamond, TensorsThatFitNoNetworkAreAllNamed) {
    TensorMap weights = read_checkpoint(golden / "atari-odd/weights.pt");
    int width = 0, height = 0;
    std::string note;
    auto said = [&](TensorMap changed) -> std::string {
        try {
            networks_of(changed, width, height, note, "w.pt");
        } catch (const Error& error) {
            return error.what();
        }
        return "";
    };
    EXPECT_EQ(said(weights), "");
    TensorMap changed = weights;
    changed.erase("denoiser.inner_model.conv_out.bias");
    changed["denoiser.inner_model.norm_out.norm.weight"] = at::full({8}, NAN);
    std::string sentence = said(changed);
    EXPECT_NE(sentence.find("conv_out.bias is missing"), std::string::npos) << sentence;
    EXPECT_NE(sentence.find("norm_out.norm.weight holds values that are not finite"), std::string::npos) << sentence;
    changed = weights;
    changed["denoiser.inner_model.more"] = at::zeros({1});
    EXPECT_NE(said(changed).find("denoiser.inner_model.more"), std::string::npos);
    changed = weights;
    changed["rew_end_model.lstm.weight_hh_l0"] = at::zeros({64, 17});
    EXPECT_NE(said(changed).find("rew_end_model.lstm"), std::string::npos);
    changed.clear();
    EXPECT_NE(said(changed).find("DIAMOND"), std::string::npos);
}

TEST_F(Diamond, WeightsCutAnywhereAreRefusedInWords) {
    fs::path root = atari(), file = root / "models/Breakout.pt";
    auto whole = fs::file_size(golden / "atari-odd/weights.pt");
    for (int part = 0; part < 64; part += 7) {
        fs::copy_file(golden / "atari-odd/weights.pt", file, fs::copy_options::overwrite_existing);
        fs::resize_file(file, whole * static_cast<unsigned>(part) / 64);
        EXPECT_NE(refusal(root).find("Breakout.pt"), std::string::npos) << part;
    }
}

TEST(AleActions, KeysAddUpToPositionsOfTheGame) {
    auto held = [](const ActionSpace& actions, std::initializer_list<const char*> keys) {
        std::uint32_t bits = 0;
        for (const char* key : keys)
            for (std::size_t i = 0; i < actions.entries.size(); ++i)
                for (const std::string& known : actions.entries[i].keys)
                    if (known == key) bits |= 1u << i;
        int index = actions.index({bits});
        return actions.entries[static_cast<std::size_t>(index)].name;
    };
    ActionSpace all = ale_actions("Seaquest", 18);
    EXPECT_EQ(held(all, {"Up", "Right", "Space"}), "up right fire");
    EXPECT_EQ(held(all, {"A", "Left"}), "left");
    EXPECT_EQ(held(all, {"Left", "Right"}), "noop");
    EXPECT_EQ(held(ale_actions("Breakout", 4), {"Right", "Space"}), "right") << "it has no right fire";
    EXPECT_EQ(held(ale_actions("Breakout", 4), {"Space"}), "fire");
    EXPECT_EQ(held(ale_actions("Qbert", 6), {"Up", "Right"}), "right");
    ActionSpace kungfu = ale_actions("KungFuMaster", 14);
    EXPECT_EQ(kungfu.size(), 14);
    EXPECT_EQ(held(kungfu, {"Left", "Space"}), "left fire");
    EXPECT_EQ(held(kungfu, {"Space"}), "noop");
    EXPECT_EQ(ale_actions("Nothing", 5).entries[3].name, "action 3");
    for (const char* game :
         {"Alien",      "Amidar",         "Assault",      "Asterix",     "BankHeist",    "BattleZone", "Boxing",
          "Breakout",   "ChopperCommand", "CrazyClimber", "DemonAttack", "Freeway",      "Frostbite",  "Gopher",
          "Hero",       "Jamesbond",      "Kangaroo",     "Krull",       "KungFuMaster", "MsPacman",   "Pong",
          "PrivateEye", "Qbert",          "RoadRunner",   "Seaquest",    "UpNDown"}) {
        bool known = false;
        for (int count = 3; count <= 18; ++count)
            known |= count != 18 ? ale_actions(game, count).kind == ActionSpace::Kind::joystick : false;
        EXPECT_TRUE(known || ale_actions(game, 18).kind == ActionSpace::Kind::joystick) << game;
    }
}

}  // namespace
}  // namespace drift
