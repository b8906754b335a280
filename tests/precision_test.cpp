// The type that a network computes in: which one a card is given, and that half floats are only taken where they keep to fp32.
#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>

#include "awake_model.h"
#include "core/error.h"
#include "made_world.h"
#include "model/card.h"
#include "model/device.h"
#include "model/load.h"
#include "model/world/dream.h"
#include "model/world/first_frames.h"

namespace drift {
namespace {

WorldSpec spec() {
    WorldSpec spec;
    spec.width = 24, spec.height = 16, spec.rate = 15;
    spec.actions.entries = {{"noop", {}}, {"left", {"Left"}}};
    spec.network.unet = {32, {16, 16}, {1, 1}, {false, true}};
    spec.network.context_frames = 2, spec.network.context_channels = 6;
    spec.network.num_actions = 2;
    spec.defaults.steps = 3;
    return spec;
}

// Its first layer gives `loudness` times as much.
InnerModel model(double loudness) {
    InnerModel model = awake_model(spec().network, 3);
    model.visit([&](const std::string& name, at::Tensor& tensor) {
        if (name == "conv_in.weight") tensor.mul_(loudness);
    });
    return model;
}

History opening(int shade) {
    Frame frame(24, 16);
    for (std::size_t i = 0; i < frame.rgb.size(); ++i)
        frame.rgb[i] = static_cast<std::uint8_t>(i * 5 + static_cast<std::size_t>(shade));
    return {{frame, frame}, {0}};
}

std::unique_ptr<WorldModel> dream(double loudness, Placement placement) {
    return make_dream("test", spec(), model(loudness), {opening(0), opening(60)}, placement);
}

TEST(Precision, GoesByTheCard) {
    EXPECT_EQ(fastest_type(6), at::kFloat);
    EXPECT_EQ(fastest_type(7), at::kHalf);
    EXPECT_EQ(fastest_type(8), at::kBFloat16);
    EXPECT_EQ(fastest_type(12), at::kBFloat16);
    EXPECT_EQ(fastest_type({}), at::kBFloat16);  // a card of AMD's
}

TEST(Precision, HalfFloatsAreTakenWhereTheFramesStayThoseOfFp32) {
    auto half = dream(1, {.type = at::kHalf}), exact = dream(1, {});
    EXPECT_GE(psnr_of_first_frames(*half, *exact), 50);
    EXPECT_NE(half->info().device.find("fp16"), std::string::npos) << half->info().device;
    auto chosen = dream(1, {.type = at::kHalf, .if_close = true});
    EXPECT_NE(chosen->info().device.find("fp16"), std::string::npos) << chosen->info().device;
}

// 1e7 times as large, the first layer's values pass the 65,504 that a half float can hold; the norms behind it take the factor out again in fp32.
TEST(Precision, AndFp32WhereHalfFloatsOverflow) {
    auto half = dream(1e7, {.type = at::kHalf}), exact = dream(1e7, {});
    EXPECT_EQ(psnr_of_first_frames(*half, *exact), 0);
    auto chosen = dream(1e7, {.type = at::kHalf, .if_close = true});
    EXPECT_NE(chosen->info().device.find("fp32"), std::string::npos) << chosen->info().device;
    Frame frame, expected;
    DreamRequest request{&chosen->openings()[0], 1, chosen->info().defaults, 5, 0, 0};
    chosen->imagine({&request, 1}, {&frame, 1});
    request.history = &exact->openings()[0];
    exact->imagine({&request, 1}, {&expected, 1});
    EXPECT_EQ(frame, expected);
}

TEST(Precision, TheWorstOpeningCounts) {
    MadeWorld exact, off;
    for (MadeWorld* world : {&exact, &off})
        world->none = {opening(0), opening(1), opening(2)}, world->facts.actions = spec().actions;
    exact.make = [](const DreamRequest&, std::size_t) { return Frame(24, 16); };
    off.make = [](const DreamRequest& request, std::size_t) {
        Frame frame(24, 16);
        for (auto& value : frame.rgb) value = static_cast<std::uint8_t>(request.seed == 1 ? 10 : 1);
        return frame;
    };
    EXPECT_NEAR(psnr_of_first_frames(off, exact), 20 * std::log10(25.5), 1e-9);
    EXPECT_EQ(psnr_of_first_frames(exact, exact), psnr_ceiling);
}

TEST(Precision, AShippedWorldKeepsToFp32InHalfFloats) {
    const auto folder = std::filesystem::path(DRIFT_SOURCE_GOLDEN) / "../../assets/worlds/bricks-diamond";
    const auto half = load_world(folder, {.device = "cpu", .precision = "fp16"}),
               exact = load_world(folder, {.device = "cpu", .precision = "fp32"});
    EXPECT_GE(psnr_of_first_frames(*half, *exact), 50);
}

TEST(Precision, TrainingRefusesHalfFloatsThatWereAskedFor) {
    EXPECT_TRUE(trains_in_bf16({.type = at::kBFloat16}));
    EXPECT_FALSE(trains_in_bf16({}));
    EXPECT_FALSE(trains_in_bf16({.type = at::kHalf, .if_close = true}));
    EXPECT_THROW(trains_in_bf16({.type = at::kHalf}), Error);
}

}  // namespace
}  // namespace drift
