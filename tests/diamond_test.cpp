// DIAMOND's files as people have them: found, read, imported, and refused in words.
#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <fstream>

#include "core/csgo_action.h"
#include "core/error.h"
#include "diamond_fixture.h"
#include "formats/npy.h"
#include "model/checkpoint/checkpoint.h"
#include "model/load.h"
#include "model/world/ale_actions.h"
#include "model/world/diamond.h"
#include "model/world/world_file.h"

namespace drift {
namespace {

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
    EXPECT_EQ(info.actions.kind, ActionSpace::Kind::buttons);
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

// The real game, or recorded play, has no small frames: they are made of its own.
TEST_F(Diamond, AHistoryOfLargeFramesGetsTheSmallOnesThatCsgoDreamsFrom) {
    auto world = load_world(csgo(), on_cpu);
    const WorldInfo& info = world->info();
    ASSERT_GT(info.low_width, 0);
    Frame grey(info.width, info.height);
    std::fill(grey.rgb.begin(), grey.rgb.end(), std::uint8_t{93});
    const auto context = static_cast<std::size_t>(info.context_frames);
    History history{std::vector<Frame>(context, grey), std::vector<ActionCode>(context - 1, info.actions.noop())};
    world->begin(history);
    ASSERT_EQ(history.low.size(), context);
    Frame small(info.low_width, info.low_height);
    std::fill(small.rgb.begin(), small.rgb.end(), std::uint8_t{93});
    for (const Frame& frame : history.low) EXPECT_EQ(frame, small);
    DreamRequest request;
    request.history = &history, request.settings = info.defaults;
    EXPECT_EQ(world->watch(request, grey).low, small);
    Frame dreamed;
    EXPECT_NO_THROW(world->imagine({&request, 1}, {&dreamed, 1}));
    EXPECT_EQ(dreamed.width, info.width);
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

}  // namespace
}  // namespace drift
