// Our own kernels against the operators that they stand for.
#include <gtest/gtest.h>
#include <torch/torch.h>

#include "model/fused.h"
#include "model/layers.h"

namespace drift {
namespace {

at::Tensor plain(const at::Tensor& x, const at::Tensor& affine, std::int64_t groups) {
    auto parts = affine.to(at::kFloat).unsqueeze(-1).unsqueeze(-1).chunk(2, 1);
    return at::silu(at::group_norm(x.to(at::kFloat), groups, {}, {}, 1e-5) * (1 + parts[0]) + parts[1]);
}

TEST(Kernels, NormAffineAndSiluAreThoseOfTheOperatorsInFp32RoundedOnce) {
    at::manual_seed(1);
    for (auto [batch, channels, height, width, groups] : {std::tuple{1, 64, 64, 64, 2}, {3, 32, 7, 5, 1}, {2, 128, 1, 1, 4}, {1, 6, 9, 130, 1}, {1, 1024, 3, 4, 32}}) {
        auto x = (at::randn({batch, channels, height, width}) * 3 + 2).to(at::kBFloat16).contiguous(at::MemoryFormat::ChannelsLast);
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
    auto x = at::randn({1, 64, 150, 280}).to(at::kBFloat16).contiguous(at::MemoryFormat::ChannelsLast), affine = at::randn({1, 128});
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
    EXPECT_TRUE(norm.activated(x, cond).equal(expected)) << "fp32 goes the operators' way";
    at::NoGradGuard no_grad;
    norm.linear.weight = norm.linear.weight.to(at::kBFloat16), norm.linear.bias = norm.linear.bias.to(at::kBFloat16);
    auto ours = norm.activated(x.to(at::kBFloat16).contiguous(at::MemoryFormat::ChannelsLast), cond.to(at::kBFloat16));
    EXPECT_EQ(ours.scalar_type(), at::kBFloat16);
    EXPECT_LE((ours.to(at::kFloat) - expected).abs().max().item<float>(), 0.08f);
}

}  // namespace
}  // namespace drift
