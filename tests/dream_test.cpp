// A world's folder and its dream: the same requests give the same bytes, and a broken folder is refused with a reason.
#include "model/world/dream.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <fstream>

#include "awake_model.h"
#include "core/csgo_action.h"
#include "core/error.h"
#include "core/held_buttons.h"
#include "model/checkpoint/safetensors.h"
#include "model/load.h"
#include "scratch_folder.h"

namespace drift {
namespace {

namespace fs = std::filesystem;

WorldSpec small_spec() {
    WorldSpec spec;
    spec.title = "a test";
    spec.game = "bricks";
    spec.width = 20, spec.height = 12, spec.rate = 15;
    spec.actions.entries = {{"noop", {}}, {"left", {"Left", "A"}}, {"right", {"Right"}}};
    spec.network.unet = {32, {8, 16}, {1, 1}, {false, true}};
    spec.network.context_frames = 2, spec.network.context_channels = 6;
    spec.network.num_actions = 3, spec.network.noise_cond = true, spec.network.space_to_depth = 2;
    spec.preconditioning = {Preconditioning::Base::previous, 0.1f, 0.1f, Preconditioning::Rounding::nearest};
    spec.trained.context_noise_max = 0.25f;
    spec.defaults.steps = 2;
    return spec;
}

InnerModel small_model() { return awake_model(small_spec().network, 5); }

History history(int shade) {
    Frame frame(20, 12);
    for (std::size_t i = 0; i < frame.rgb.size(); ++i)
        frame.rgb[i] = static_cast<std::uint8_t>(i * 7 + static_cast<std::size_t>(shade));
    return {{frame, frame}, {1}};
}

std::unique_ptr<WorldModel> dream() { return make_dream("test", small_spec(), small_model(), {history(0)}, {}); }

Frame imagine(WorldModel& world, const DreamRequest& request) {
    Frame frame;
    world.imagine({&request, 1}, {&frame, 1});
    return frame;
}

TEST(Dream, EqualRequestsGiveEqualBytesAndEveryPartOfARequestCounts) {
    auto world = dream();
    auto opening = history(0), other = history(90);
    DreamRequest request{&opening, 1, {}, 4, 9, 0};
    auto frame = imagine(*world, request);
    EXPECT_EQ(imagine(*world, request), frame);
    EXPECT_EQ(imagine(*dream(), request), frame);
    auto changed = [&](auto change) {
        DreamRequest different = request;
        change(different);
        return imagine(*world, different) != frame;
    };
    EXPECT_TRUE(changed([&](auto& r) { r.history = &other; }));
    EXPECT_TRUE(changed([](auto& r) { r.action = 2; }));
    EXPECT_TRUE(changed([](auto& r) { r.seed = 5; }));
    EXPECT_TRUE(changed([](auto& r) { r.step = 10; }));
    EXPECT_TRUE(changed([](auto& r) { r.lane = 1; }));
    EXPECT_TRUE(changed([](auto& r) { r.settings.start_scale = 5; }));
    EXPECT_TRUE(changed([](auto& r) { r.settings.context_noise = 0.2f; }));
}

TEST(Dream, OneStepMakesScheduleAndSolverInert) {
    auto world = dream();
    auto opening = history(0);
    DreamRequest request{&opening, 1, {}, 4, 9, 0};
    request.settings.steps = 1;
    auto frame = imagine(*world, request);
    request.settings.rho = 3, request.settings.sigma_min = 0.1f, request.settings.solver = Solver::heun;
    EXPECT_EQ(imagine(*world, request), frame);
}

TEST(Dream, RequestsBesideEachOtherDoNotMix) {
    auto world = dream();
    auto opening = history(0), other = history(90);
    std::vector<DreamRequest> requests{
        {&opening, 1, {}, 4, 9, 0}, {&other, 2, {}, 8, 3, 1}, {&other, 2, edm_start({}), 8, 3, 1}};
    std::vector<Frame> together(3);
    world->imagine(requests, together);
    for (std::size_t i = 0; i < requests.size(); ++i) {
        auto alone = imagine(*world, requests[i]);
        EXPECT_GT(psnr(alone, together[i]), 45) << i;  // a batch may round differently
    }
    EXPECT_LT(psnr(together[1], together[2]), 45);
}

TEST(Dream, ValuesThatAreNotFiniteAreAnErrorNotAPicture) {
    auto model = small_model();
    model.conv_in.bias.fill_(std::numeric_limits<float>::infinity());
    auto world = make_dream("test", small_spec(), model, {history(0)}, {});
    auto opening = history(0);
    EXPECT_THROW(imagine(*world, {&opening, 1, {}, 4, 9, 0}), Error);
}

struct WorldFolder : testing::Test {
    ScratchFolder scratch;
    fs::path folder = scratch / "w";
    void SetUp() override { write_world(folder, small_spec(), small_model(), {history(0), history(90)}); }

    std::string refusal() {
        try {
            load_world(folder, {.device = "cpu"});
        } catch (const Error& e) {
            return e.what();
        }
        return "";
    }
    void edit(const std::string& from, const std::string& to) {
        std::ifstream in(folder / world_toml);
        std::string text{std::istreambuf_iterator<char>(in), {}};
        auto at = text.find(from);
        ASSERT_NE(at, text.npos) << from;
        std::ofstream(folder / world_toml) << text.replace(at, from.size(), to);
    }
    void rewrite(const std::function<void(TensorMap&)>& change) {
        auto tensors = read_safetensors(folder / weights_file);
        change(tensors);
        write_safetensors(folder / weights_file, tensors);
        auto spec = read_world_spec(folder);
        spec.weights_hash = file_hash(folder / weights_file);
        write_world_spec(folder, spec);
    }
};

TEST_F(WorldFolder, ComesBackAsItWasWritten) {
    auto spec = read_world_spec(folder), written = small_spec();
    EXPECT_EQ(spec.network, written.network);
    EXPECT_EQ(spec.preconditioning, written.preconditioning);
    EXPECT_EQ(spec.actions, written.actions);
    EXPECT_EQ(spec.defaults, written.defaults);
    EXPECT_EQ(spec.trained, written.trained);
    auto world = load_world(folder, {.device = "cpu"});
    EXPECT_EQ(world->info().name, "w");
    EXPECT_EQ(world->openings(), (std::vector<History>{history(0), history(90)}));
    EXPECT_EQ(world->info().parameters, count_parameters(small_model()));
}

TEST(Dream, ANetworkIsToldButtonsAsOnes) {
    for (const ActionSpace& actions : {csgo_actions(), actions_of_buttons({{"a", {}}, {"b", {}}}, {}, {}),
                                       actions_of_buttons({}, {-1, 0, 1}, {0, 1})}) {
        NetworkConfig config = small_spec().network;
        set_actions(config, actions);
        const InnerModel model(config);
        const std::vector<ActionCode> codes{actions.code(3, -300, 1), actions.code(0, 0, 0), actions.code(2, 1, 7), 0};
        auto ones = at::empty({2, 2, config.num_actions});
        for (std::size_t i = 0; i < codes.size(); ++i)
            actions.ones(codes[i], {ones.data_ptr<float>() + i * actions.inputs(), actions.inputs()});
        EXPECT_TRUE(
            at::equal(model.embed_actions(at::tensor(codes, at::kLong).view({2, 2})), model.embed_actions(ones)))
            << actions.told();
    }
}

TEST(Dream, AWorldOfButtonsAndAMouseComesBackAndListensToEach) {
    ScratchFolder scratch;
    WorldSpec spec = small_spec();
    spec.actions = actions_of_buttons({{"fire", {"Space"}}, {"ring", {"Mouse Right"}}}, {-4.5, 0, 4.5}, {-2, 0, 2});
    set_actions(spec.network, spec.actions);
    const InnerModel model = awake_model(spec.network, 5);
    History opening = history(0);
    opening.actions = {spec.actions.code(3, 4.5, -2)};
    write_world(scratch / "w", spec, model, {opening});
    auto world = load_world(scratch / "w", {.device = "cpu"});
    const ActionSpace& actions = world->info().actions;
    EXPECT_EQ(actions, spec.actions);
    EXPECT_EQ(world->openings().front(), opening);
    const Frame idle = imagine(*world, {&opening, actions.noop(), {}, 4, 9, 0});
    for (Action action : {Action::of(1), Action::of(2), Action{0, 4, 0}, Action{0, 0, -2}, Action{6, 0, 0}})
        EXPECT_NE(imagine(*world, {&opening, actions.index(action), {}, 4, 9, 0}), idle);
    EXPECT_EQ(imagine(*world, {&opening, actions.index({0, 1, 0}), {}, 4, 9, 0}), idle) << "the class of 0 is nearest";
}

TEST_F(WorldFolder, AFlippedByteInTheWeightsIsSeen) {
    std::fstream file(folder / weights_file, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(-3, std::ios::end);
    file.put('\x55');
    file.close();
    EXPECT_NE(refusal().find("hash"), std::string::npos);
}

TEST_F(WorldFolder, AllDifferencesOfTheWeightsAreListedByName) {
    rewrite([](TensorMap& tensors) {
        tensors.erase("conv_in.bias");
        tensors["stranger"] = at::zeros({2});
        tensors["act_emb.0.weight"] = at::zeros({5, 16});
        tensors["conv_out.bias"][0] = std::numeric_limits<float>::quiet_NaN();
        tensors["norm_out.norm.weight"] = at::zeros({8}, at::kLong);
    });
    auto said = refusal();
    for (const char* part :
         {"(5)", "conv_in.bias is missing", "stranger", "act_emb.0.weight: expected shape [3, 16], found [5, 16]",
          "conv_out.bias holds values", "norm_out.norm.weight: expected floating point"})
        EXPECT_NE(said.find(part), std::string::npos) << part << " in: " << said;
}

TEST_F(WorldFolder, BrokenDescriptionsAreRefusedWithTheirReason) {
    const std::vector<std::array<std::string, 3>> cases{
        {"format = 1", "format = 2", "expected format 1, found 2"},
        {"width = 20", "width = 1000000", "expected width from 8 to 4096"},
        {"width = 20", "width = 21", "space_to_depth"},
        {"sigma_data = 0.1", "sigma_data = nan\nx = 0.1", "sigma_data"},
        {"base = 'previous'", "base = 'next'", "\"zero\", \"previous\", \"moved\""},
        {"channels = [ 8, 16 ]", "channels = [ 8, 16, 16 ]", "network.depths"},
        {"channels = [ 8, 16 ]", "channels = []", "network.channels"},
        {"title = 'a test'", "title = 3", "expected title, a text in quotes, found integer 3"},
        {"steps = '2'", "steps = 'many'", "expected a number"},
        {"[trained]", "[tra", "expected TOML"},
    };
    auto original = read_world_spec(folder);
    for (const auto& [from, to, reason] : cases) {
        edit(from, to);
        EXPECT_NE(refusal().find(reason), std::string::npos) << to << " gave: " << refusal();
        write_world_spec(folder, original);
    }
    EXPECT_EQ(refusal(), "");
    fs::remove(folder / world_toml);
    EXPECT_NE(refusal().find("world.toml"), std::string::npos);
}

TEST_F(WorldFolder, OpeningsOfAnotherShapeAreRefused) {
    write_safetensors(folder / openings_file,
                      {{"frames", at::zeros({1, 3, 3, 12, 20}, at::kByte)}, {"actions", at::zeros({1, 1}, at::kLong)}});
    EXPECT_NE(refusal().find("openings"), std::string::npos);
}

TEST(Load, AGpuThatIsNotThereIsSaid) {
    if (why_no_gpu().empty()) return;
    EXPECT_NE(why_no_gpu(), "");
    ScratchFolder scratch;
    write_world(scratch / "w", small_spec(), small_model(), {history(0)});
    EXPECT_THROW(load_world(scratch / "w", {.device = "cuda"}), Error);
    EXPECT_EQ(load_world(scratch / "w", {.device = "auto"})->info().device.substr(0, 3), "CPU");
}

}  // namespace
}  // namespace drift
