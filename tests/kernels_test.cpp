// Our own kernels against the operators that they stand for.
#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <ATen/core/grad_mode.h>
#include <gtest/gtest.h>

#include "kernels/cpu/winograd.h"
#include "model/network/fast_conv.h"
#include "model/network/fast_norm.h"
#include "model/network/inner_model.h"

namespace drift {
namespace {

at::Tensor plain(const at::Tensor& x, const at::Tensor& affine, std::int64_t groups) {
    auto parts = affine.to(at::kFloat).unsqueeze(-1).unsqueeze(-1).chunk(2, 1);
    return at::silu(at::group_norm(x.to(at::kFloat), groups, {}, {}, 1e-5) * (1 + parts[0]) + parts[1]);
}

TEST(Kernels, NormAffineAndSiluAreThoseOfTheOperatorsInFp32RoundedOnce) {
    at::manual_seed(1);
    for (auto [batch, channels, height, width, groups] :
         {std::tuple{1, 64, 64, 64, 2}, {3, 32, 7, 5, 1}, {2, 128, 1, 1, 4}, {1, 6, 9, 130, 1}, {1, 1024, 3, 4, 32}}) {
        auto x = (at::randn({batch, channels, height, width}) * 3 + 2)
                     .to(at::kBFloat16)
                     .contiguous(at::MemoryFormat::ChannelsLast);
        auto affine = at::randn({batch, 2 * channels});
        auto y = norm_affine_silu(x, affine, groups, 1e-5), expected = plain(x, affine, groups);
        ASSERT_EQ(y.sizes(), x.sizes());
        EXPECT_TRUE(y.is_contiguous(at::MemoryFormat::ChannelsLast));
        // Half a unit in the last place of bfloat16 is at most 2^-8 of the value.
        auto off = (y.to(at::kFloat) - expected).abs() - expected.abs() / 256;
        EXPECT_LE(off.max().item<float>(), 1e-4f) << channels << " channels";
    }
}

TEST(Kernels, WhatIsNoNumberStaysNone) {
    auto x = at::zeros({1, 32, 4, 4}).to(at::kBFloat16).contiguous(at::MemoryFormat::ChannelsLast);
    x[0][3][1][1] = NAN;
    EXPECT_TRUE(at::isnan(norm_affine_silu(x, at::zeros({1, 64}), 1, 1e-5)).all().item<bool>());
    auto large = at::full({1, 32, 4, 4}, 1.0f).to(at::kBFloat16).contiguous(at::MemoryFormat::ChannelsLast);
    large[0][0][0][0] = 3e38f;
    EXPECT_TRUE(at::isfinite(norm_affine_silu(large, at::zeros({1, 64}), 1, 1e-5)).all().item<bool>());
}

TEST(Kernels, TheSameBytesForAnyNumberOfThreads) {
    at::manual_seed(2);
    auto x = at::randn({1, 64, 150, 280}).to(at::kBFloat16).contiguous(at::MemoryFormat::ChannelsLast),
         affine = at::randn({1, 128});
    const int threads = at::get_num_threads();
    at::set_num_threads(1);
    auto one = norm_affine_silu(x, affine, 2, 1e-5);
    at::set_num_threads(2);
    auto two = norm_affine_silu(x, affine, 2, 1e-5);
    at::set_num_threads(threads);
    EXPECT_TRUE(one.equal(two));
}

TEST(Kernels, ALayerUsesThemWhereItCan) {
    at::manual_seed(3);
    AdaGroupNorm norm(64, 16);
    auto x = at::randn({2, 64, 8, 8}), cond = at::randn({2, 16});
    auto expected = at::silu(norm(x, cond));
    EXPECT_TRUE(norm.activated(x, cond).equal(expected)) << "what is trained goes the operators' way";
    at::NoGradGuard no_grad;
    norm.linear.weight = norm.linear.weight.to(at::kBFloat16), norm.linear.bias = norm.linear.bias.to(at::kBFloat16);
    auto ours = norm.activated(x.to(at::kBFloat16).contiguous(at::MemoryFormat::ChannelsLast), cond.to(at::kBFloat16));
    EXPECT_EQ(ours.scalar_type(), at::kBFloat16);
    EXPECT_LE((ours.to(at::kFloat) - expected).abs().max().item<float>(), 0.08f);
}

at::Tensor pictures(std::int64_t batch, std::int64_t channels, std::int64_t height, std::int64_t width) {
    return at::randn({batch, channels, height, width}).to(at::kBFloat16).contiguous(at::MemoryFormat::ChannelsLast);
}

class WinogradKernel : public testing::Test {
protected:
    void SetUp() override {
        if (!kernels::has_bf16_products()) GTEST_SKIP() << "this CPU has no vector products of bfloat16";
        at::manual_seed(4);
    }
};

// Small whole numbers pass every rounding on the way unharmed, so that what is left is the last one.
TEST_F(WinogradKernel, OfWholeNumbersItIsTheConvolutionExactly) {
    for (auto [batch, in, out, height, width] : {std::tuple{1, 64, 64, 64, 64},
                                                 {2, 32, 96, 7, 9},
                                                 {3, 128, 32, 1, 1},
                                                 {1, 96, 64, 2, 31},
                                                 {1, 1024, 32, 5, 4}}) {
        auto x = at::randint(-4, 5, {batch, in, height, width}).to(at::kFloat),
             weight = at::randint(-1, 2, {out, in, 3, 3}).to(at::kFloat) * 4,
             bias = at::randint(-50, 50, {out}).to(at::kFloat);
        auto more = at::randint(-100, 100, {batch, out, height, width}).to(at::kFloat);
        FastConv ours(weight, bias, FastConv::Way::winograd_bf16);
        auto expected = at::conv2d(x, weight, bias, 1, 1);
        auto y = ours(x.to(at::kBFloat16), {}), sum = ours(x.to(at::kBFloat16), more.to(at::kBFloat16));
        EXPECT_TRUE(y.is_contiguous(at::MemoryFormat::ChannelsLast));
        EXPECT_TRUE(y.equal(expected.to(at::kBFloat16)))
            << in << " to " << out << " channels, " << width << " x " << height;
        EXPECT_TRUE(sum.equal((expected + more).to(at::kBFloat16)))
            << in << " to " << out << " channels, " << width << " x " << height;
    }
}

TEST_F(WinogradKernel, ItIsNotMuchLessExactThanThePlainWay) {
    auto x = pictures(2, 64, 30, 45), weight = at::randn({64, 64, 3, 3}) / 24, bias = at::randn({64});
    auto expected = at::conv2d(x.to(at::kFloat), weight, bias, 1, 1);
    auto error = [&](const at::Tensor& y) {
        return (y.to(at::kFloat) - expected).square().mean().sqrt().item<double>();
    };
    double plain = error(at::conv2d(x, weight.to(at::kBFloat16), bias.to(at::kBFloat16), 1, 1));
    EXPECT_LE(error(FastConv(weight, bias, FastConv::Way::winograd_bf16)(x, {})), 2 * plain);
}

TEST_F(WinogradKernel, ItReadsPartsActivatesThemAndTellsTheirSums) {
    for (auto [batch, own, rest, out, height, width] :
         {std::tuple{2, 32, 64, 64, 33, 20}, {1, 20, 12, 32, 1, 1}, {1, 32, 32, 32, 5, 603}, {4, 16, 16, 96, 8, 8}}) {
        auto x = pictures(batch, own, height, width), beside = pictures(batch, rest, height, width),
             more = pictures(batch, out, height, width), scale = at::randn({batch, own + rest}),
             shift = at::randn({batch, own + rest}),
             weight = at::randn({out, own + rest, 3, 3}) / std::sqrt(9.0 * (own + rest)), bias = at::randn({out});
        auto wide = [](const at::Tensor& t) { return t.unsqueeze(-1).unsqueeze(-1); };
        auto seen = at::silu(at::cat({x, beside}, 1).to(at::kFloat) * wide(scale) + wide(shift));
        auto exact = at::conv2d(seen, weight, bias, 1, 1) + more;
        auto error = [&](const at::Tensor& y) {
            return (y.to(at::kFloat) - exact).square().mean().sqrt().item<double>();
        };
        const double plain =
            error(at::conv2d(seen.to(at::kBFloat16), weight.to(at::kBFloat16), bias.to(at::kBFloat16), 1, 1) + more);
        const auto y = FastConv(weight, bias, FastConv::Way::winograd_bf16)({x, beside, scale, shift}, more);
        EXPECT_LE(error(y), 2 * plain) << width << " x " << height;
        auto sums = at::stack({y.x.to(at::kDouble).sum({2, 3}), y.x.to(at::kDouble).square().sum({2, 3})}, 1);
        const double off = (y.sums - sums).abs().max().item<double>(), size = sums.abs().max().item<double>();
        EXPECT_LE(off, size / 256) << "but for the rounding of what is written";
    }
}

TEST_F(WinogradKernel, ThreadsAndNeighboursInABatchChangeNothing) {
    auto x = pictures(3, 32, 21, 50), weight = at::randn({32, 32, 3, 3}), bias = at::randn({32});
    FastConv ours(weight, bias, FastConv::Way::winograd_bf16);
    const int threads = at::get_num_threads();
    at::set_num_threads(1);
    auto one = ours(x, {});
    at::set_num_threads(2);
    auto two = ours(x, {});
    at::set_num_threads(threads);
    EXPECT_TRUE(one.equal(two));
    EXPECT_TRUE(ours(x.slice(0, 1, 2), {}).equal(one.slice(0, 1, 2)));
}

TEST_F(WinogradKernel, WhatIsNoNumberStaysNoneAndWithinItsReach) {
    auto x = at::zeros({1, 32, 9, 9}).to(at::kBFloat16).contiguous(at::MemoryFormat::ChannelsLast);
    x[0][5][4][4] = NAN;
    auto y = at::isnan(FastConv(at::ones({32, 32, 3, 3}), at::zeros({32}), FastConv::Way::winograd_bf16)(x, {}));
    EXPECT_TRUE(y.slice(2, 3, 6).slice(3, 3, 6).all().item<bool>());
    EXPECT_FALSE(y.slice(2, 0, 2).any().item<bool>()) << "two pixels away";
}

TEST_F(WinogradKernel, ANetworkForInferenceGoesThroughIt) {
    NetworkConfig config;
    config.unet = {32, {32, 64}, {1, 1}, {false, false}};
    config.num_actions = 3, config.context_channels = 3 * config.context_frames;
    InnerModel model(config);
    model.visit([](const std::string&, at::Tensor& tensor) { tensor = at::randn_like(tensor) * 0.1; });
    at::NoGradGuard no_grad;
    auto run = [&](const InnerModel& placed) {
        at::manual_seed(5);
        auto x = at::randn({1, config.context_channels + 3, 22, 18});
        auto cond = placed.condition(at::zeros({1}), at::zeros({1}), at::zeros({1, config.context_frames}, at::kLong));
        return placed.forward(x.to(placed.type()), cond).f.to(at::kFloat);
    };
    auto fast = cast_for_inference(model, at::kBFloat16, at::kCPU);
    EXPECT_TRUE(fast.unet.middle.blocks[0].conv1.fast);
    EXPECT_FALSE(fast.unet.middle.blocks[0].conv1.weight.defined());

    auto exact = run(cast(model, at::kFloat, at::kCPU, false));
    auto error = [&](const at::Tensor& y) {
        return (y - exact).square().mean().sqrt().item<double>() / exact.std().item<double>();
    };
    double plain = error(run(cast(model, at::kBFloat16, at::kCPU, true)));
    EXPECT_LE(error(run(fast)), 2.5 * plain);
    EXPECT_LE(plain, 0.05);
}

}  // namespace
}  // namespace drift
