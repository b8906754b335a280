// Our own fp32 kernels on each CPU code that this machine has, against fp64.
#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <ATen/core/grad_mode.h>
#include <gtest/gtest.h>

#include "kernels/cpu/cpu_code.h"
#include "model/network/fast_conv.h"
#include "model/network/fast_norm.h"
#include "model/network/inner_model.h"

namespace drift {
namespace {

using kernels::CpuCode;

class Fp32Kernel : public testing::TestWithParam<CpuCode> {
protected:
    void SetUp() override {
        if (!kernels::use_cpu_code(GetParam())) GTEST_SKIP() << "this CPU lacks it";
        at::manual_seed(6);
    }
    void TearDown() override { kernels::use_cpu_code(kernels::best_cpu_code()); }
};
INSTANTIATE_TEST_SUITE_P(Codes, Fp32Kernel, testing::Values(CpuCode::avx2, CpuCode::avx512),
                         [](const auto& info) { return std::string(kernels::name_of(info.param)); });

double distance(const at::Tensor& a, const at::Tensor& b) {
    return (a.to(at::kDouble) - b.to(at::kDouble)).square().mean().sqrt().item<double>();
}

TEST_P(Fp32Kernel, AConvolutionIsWithinFourTimesTheErrorOfThePlainOne) {
    for (auto [batch, in, out, height, width] : {std::tuple{1, 64, 64, 64, 64},
                                                 {2, 5, 3, 7, 9},
                                                 {3, 128, 33, 1, 1},
                                                 {1, 8, 1, 5, 4},
                                                 {1, 15, 64, 30, 45},
                                                 {2, 64, 3, 13, 66},
                                                 {1, 1024, 32, 9, 8},
                                                 {1, 8, 1024, 4, 4}}) {
        auto x = at::randn({batch, in, height, width}), weight = at::randn({out, in, 3, 3}) / std::sqrt(9.0 * in),
             bias = at::randn({out}), more = at::randn({batch, out, height, width});
        auto exact = at::conv2d(x.to(at::kDouble), weight.to(at::kDouble), bias.to(at::kDouble), 1, 1);
        auto y = FastConv(weight, bias, FastConv::Way::winograd_fp32)(x, {}),
             sum = FastConv(weight, bias, FastConv::Way::winograd_fp32)(x, more);
        EXPECT_TRUE(y.is_contiguous(at::MemoryFormat::ChannelsLast));
        // A unit in the last place of numbers of this size is granted: oneDNN sums by blocks, with less error than term by term.
        const double plain = std::max(distance(at::conv2d(x, weight, bias, 1, 1), exact), 1.2e-7);
        EXPECT_LE(distance(y, exact), 4 * plain) << in << " to " << out << " channels, " << width << " x " << height;
        EXPECT_LE(distance(sum, exact + more), 4 * plain) << in << " to " << out << " channels";
    }
}

TEST_P(Fp32Kernel, AConvolutionOfOnePixelIsAsExactAsTheOperator) {
    for (auto [batch, in, out, height, width] :
         {std::tuple{1, 128, 64, 64, 64}, {2, 8, 3, 7, 9}, {3, 1024, 33, 1, 1}, {1, 40, 200, 5, 4}}) {
        auto x = at::randn({batch, in, height, width}), weight = at::randn({out, in, 1, 1}) / std::sqrt(1.0 * in),
             bias = at::randn({out}), more = at::randn({batch, out, height, width});
        auto exact = at::conv2d(x.to(at::kDouble), weight.to(at::kDouble), bias.to(at::kDouble)) + more;
        auto y = FastConv(weight, bias, FastConv::Way::pointwise)(x, more);
        EXPECT_LE(distance(y, exact), 2 * std::max(distance(at::conv2d(x, weight, bias) + more, exact), 1.2e-7))
            << in << " to " << out << " channels, " << width << " x " << height;
        auto small = x.to(at::kBFloat16), added = more.to(at::kBFloat16);
        auto rounded = FastConv(weight, bias, FastConv::Way::pointwise)(small, added);
        auto wide = at::conv2d(small.to(at::kDouble), weight.to(at::kDouble), bias.to(at::kDouble)) + added;
        EXPECT_LE(((rounded.to(at::kDouble) - wide).abs() - wide.abs() / 256).max().item<double>(), 4e-6);
    }
}

// What lies side by side by its channels, activated as it is read, and with its sums told: as the operators do it one after the other.
TEST_P(Fp32Kernel, AConvolutionReadsPartsAndActivatesThem) {
    for (auto [batch, own, rest, out, height, width] : {std::tuple{2, 64, 64, 64, 33, 20},
                                                        {3, 20, 12, 33, 7, 9},
                                                        {1, 5, 6, 3, 1, 1},
                                                        {1, 64, 32, 40, 9, 603},
                                                        {4, 48, 16, 32, 8, 8}}) {
        auto x = at::randn({batch, own, height, width}), beside = at::randn({batch, rest, height, width}),
             scale = at::randn({batch, own + rest}), shift = at::randn({batch, own + rest}),
             weight = at::randn({out, own + rest, 3, 3}) / std::sqrt(9.0 * (own + rest)), bias = at::randn({out}),
             more = at::randn({batch, out, height, width});
        auto wide = [](const at::Tensor& t) { return t.to(at::kDouble).unsqueeze(-1).unsqueeze(-1); };
        for (auto type : {at::kFloat, at::kBFloat16}) {
            auto a = x.to(type), b = beside.to(type), added = more.to(type);
            auto exact = at::conv2d(at::silu(at::cat({a, b}, 1).to(at::kDouble) * wide(scale) + wide(shift)),
                                    weight.to(at::kDouble), bias.to(at::kDouble), 1, 1) +
                         added;
            const auto y = FastConv(weight, bias, FastConv::Way::winograd_fp32)({a, b, scale, shift}, added);
            const double rounding = type == at::kFloat ? 0 : 1.0 / 256;
            EXPECT_LE(((y.x.to(at::kDouble) - exact).abs() - exact.abs() * rounding).max().item<double>(), 1e-5)
                << width << " x " << height << ", " << type;
            auto sums = at::stack({exact.sum({2, 3}), exact.square().sum({2, 3})}, 1);
            EXPECT_LE(distance(y.sums, sums), 1e-5 * sums.square().mean().sqrt().item<double>());
        }
        auto both = FastConv(at::randn({out, own + rest, 1, 1}), bias, FastConv::Way::pointwise);
        EXPECT_TRUE(both({x, beside}, more).x.equal(both(at::cat({x, beside}, 1), more)));
    }
}

TEST_P(Fp32Kernel, ANormOfPartsIsThatOfTheWhole) {
    for (auto [own, rest, groups] : {std::tuple{64, 64, 4}, {24, 40, 2}, {7, 6, 1}}) {
        auto x = at::randn({2, own, 9, 7}).contiguous(at::MemoryFormat::ChannelsLast),
             beside = (at::randn({2, rest, 9, 7}) + 1).contiguous(at::MemoryFormat::ChannelsLast),
             affine = at::randn({2, 2 * (own + rest)});
        auto all = at::cat({x, beside}, 1).contiguous(at::MemoryFormat::ChannelsLast);
        const auto parts = norm_scales(x, beside, affine, groups, 1e-5),
                   whole = norm_scales(all, {}, affine, groups, 1e-5),
                   told = norm_scales(
                       {x, at::stack({x.to(at::kDouble).sum({2, 3}), x.to(at::kDouble).square().sum({2, 3})}, 1)},
                       beside, affine, groups, 1e-5);
        EXPECT_LE(distance(parts.scale, whole.scale) + distance(parts.shift, whole.shift), 1e-6);
        EXPECT_LE(distance(told.scale, whole.scale) + distance(told.shift, whole.shift), 1e-6);
        auto y = norm_affine_silu(all, affine, groups, 1e-5);
        auto read = at::silu(all * whole.scale.unsqueeze(-1).unsqueeze(-1) + whole.shift.unsqueeze(-1).unsqueeze(-1));
        EXPECT_LE(distance(read, y), 1e-6);
    }
}

TEST_P(Fp32Kernel, PicturesInBfloat16AreRoundedOnce) {
    auto x = at::randn({2, 24, 9, 14}).to(at::kBFloat16), more = at::randn({2, 40, 9, 14}).to(at::kBFloat16),
         weight = at::randn({40, 24, 3, 3}) / 15, bias = at::randn({40});
    auto exact = at::conv2d(x.to(at::kDouble), weight.to(at::kDouble), bias.to(at::kDouble), 1, 1) + more;
    auto y = FastConv(weight, bias, FastConv::Way::winograd_fp32)(x, more);
    EXPECT_EQ(y.scalar_type(), at::kBFloat16);
    EXPECT_LE(((y.to(at::kDouble) - exact).abs() - exact.abs() / 256).max().item<double>(), 2e-6);
}

TEST_P(Fp32Kernel, ThreadsAndNeighboursInABatchChangeNothing) {
    auto x = at::randn({3, 40, 21, 50}), weight = at::randn({24, 40, 3, 3}), bias = at::randn({24}),
         scale = at::randn({3, 40}), vector = at::randn({2, 40, 1, 1});
    FastConv ours(weight, bias, FastConv::Way::winograd_fp32),
        linear(at::randn({1001, 40, 1, 1}), at::randn({1001}), FastConv::Way::pointwise);
    const int threads = at::get_num_threads();
    auto with = [&](int n) {
        at::set_num_threads(n);
        const Features activated = ours({x.slice(1, 0, 24), x.slice(1, 24), scale, scale}, {});
        return std::vector<at::Tensor>{ours(x, {}), activated.x, activated.sums, linear(vector, {})};
    };
    const auto alone = with(1), together = with(3);
    at::set_num_threads(threads);
    for (std::size_t i = 0; i < alone.size(); ++i) EXPECT_TRUE(alone[i].equal(together[i])) << "result " << i;
    const auto& one = alone.front();
    EXPECT_TRUE(ours(x.slice(0, 1, 2), {}).equal(one.slice(0, 1, 2)));
}

TEST_P(Fp32Kernel, WhatIsNoNumberStaysNoneAndWithinItsReach) {
    auto x = at::zeros({1, 20, 16, 16});
    x[0][5][5][6] = NAN;
    auto y = at::isnan(FastConv(at::ones({20, 20, 3, 3}), at::zeros({20}), FastConv::Way::winograd_fp32)(x, {}));
    EXPECT_TRUE(y.slice(2, 4, 7).slice(3, 5, 8).all().item<bool>());
    EXPECT_FALSE(y.slice(2, 12, 16).any().item<bool>()) << "two tiles away";
    EXPECT_TRUE(at::isnan(norm_affine_silu(x.contiguous(at::MemoryFormat::ChannelsLast), at::zeros({1, 40}), 1, 1e-5))
                    .all()
                    .item<bool>());
}

TEST_P(Fp32Kernel, NormAffineAndSiluAreThoseOfTheOperators) {
    for (auto [batch, channels, height, width, groups] :
         {std::tuple{1, 64, 64, 64, 2}, {3, 32, 7, 5, 1}, {2, 128, 1, 1, 4}, {1, 6, 9, 130, 1}, {1, 1024, 3, 4, 32}}) {
        auto x = (at::randn({batch, channels, height, width}) * 3 + 2).contiguous(at::MemoryFormat::ChannelsLast),
             affine = at::randn({batch, 2 * channels});
        auto parts = affine.to(at::kDouble).unsqueeze(-1).unsqueeze(-1).chunk(2, 1);
        auto exact = at::silu(at::group_norm(x.to(at::kDouble), groups, {}, {}, 1e-5) * (1 + parts[0]) + parts[1]);
        auto y = norm_affine_silu(x, affine, groups, 1e-5);
        EXPECT_LE(((y - exact).abs() - exact.abs() * 2e-6).max().item<double>(), 4e-6) << channels << " channels";
    }
}

// Gradients of sum(y g) by x and by what is learned, against fp64.
template <class Layer>
std::vector<at::Tensor> slopes(const std::vector<at::Tensor>& values, const at::Tensor& g, at::ScalarType type,
                               Layer layer) {
    std::vector<at::Tensor> leaves, slopes;
    for (const auto& value : values) leaves.push_back(value.to(type).detach().clone().requires_grad_(true));
    auto x = leaves[0].contiguous(at::MemoryFormat::ChannelsLast);
    (layer(x, leaves).to(at::kDouble) * g.to(at::kDouble)).sum().backward();
    for (const auto& leaf : leaves) slopes.push_back(leaf.grad());
    return slopes;
}
double off(const at::Tensor& found, const at::Tensor& exact) {
    return distance(found, exact) / std::max(1e-30, exact.square().mean().sqrt().item<double>());
}

TEST_P(Fp32Kernel, GradientsOfAConvolutionAreThose) {
    for (auto [batch, in, out, height, width] : {std::tuple{2, 64, 32, 16, 16}, {3, 8, 20, 7, 9}, {1, 40, 64, 1, 5}}) {
        const std::vector<at::Tensor> values{at::randn({batch, in, height, width}), at::randn({out, in, 3, 3}) / 10,
                                             at::randn({out})};
        auto g = at::randn({batch, out, height, width});
        auto plain = [](const at::Tensor& x, const std::vector<at::Tensor>& v) {
            return at::conv2d(x, v[1], v[2], 1, 1);
        };
        auto ours = [](const at::Tensor& x, const std::vector<at::Tensor>& v) {
            EXPECT_TRUE(learns_fast(x, v[1], 1));
            return learned_conv(x, v[1], v[2]);
        };
        const auto exact = slopes(values, g, at::kDouble, plain), fp32 = slopes(values, g, at::kFloat, ours),
                   bf16 = slopes(values, g, at::kBFloat16, ours), usual = slopes(values, g, at::kBFloat16, plain);
        for (std::size_t i = 0; i < values.size(); ++i) {
            EXPECT_LE(off(fp32[i], exact[i]), 2e-6) << "of value " << i;
            EXPECT_LE(off(bf16[i], exact[i]), 1.2 * off(usual[i], exact[i])) << "of value " << i;
        }
    }
}

TEST_P(Fp32Kernel, GradientsOfTheNormAreThose) {
    for (auto [batch, channels, height, width, groups] :
         {std::tuple{2, 64, 16, 16, 2}, {3, 32, 7, 5, 1}, {1, 6, 9, 40, 1}, {2, 96, 1, 3, 3}}) {
        const std::vector<at::Tensor> values{at::randn({batch, channels, height, width}) * 2 + 1,
                                             at::randn({batch, 2 * channels})};
        auto g = at::randn({batch, channels, height, width});
        auto plain = [groups](const at::Tensor& x, const std::vector<at::Tensor>& v) {
            auto parts = v[1].unsqueeze(-1).unsqueeze(-1).chunk(2, 1);
            return at::silu(at::group_norm(x, groups, {}, {}, 1e-5) * (1 + parts[0]) + parts[1]);
        };
        auto ours = [groups](const at::Tensor& x, const std::vector<at::Tensor>& v) {
            return norm_affine_silu(x, v[1], groups, 1e-5);
        };
        const auto exact = slopes(values, g, at::kDouble, plain), fp32 = slopes(values, g, at::kFloat, ours),
                   bf16 = slopes(values, g, at::kBFloat16, ours), usual = slopes(values, g, at::kBFloat16, plain);
        for (std::size_t i = 0; i < values.size(); ++i) {
            EXPECT_LE(off(fp32[i], exact[i]), 5e-6) << "of value " << i << ", " << channels << " channels";
            EXPECT_LE(off(bf16[i], exact[i]), 1.2 * off(usual[i], exact[i])) << "of value " << i;
        }
    }
}

TEST_P(Fp32Kernel, ANetworkForInferenceGoesThroughIt) {
    NetworkConfig config;
    config.unet = {32, {32, 40}, {1, 1}, {false, false}};
    config.num_actions = 3, config.context_channels = 3 * config.context_frames;
    InnerModel model(config);
    model.visit([](const std::string&, at::Tensor& tensor) { tensor = at::randn_like(tensor) * 0.1; });
    at::NoGradGuard no_grad;
    auto x = at::randn({2, config.context_channels + 3, 22, 18});
    auto run = [&](const InnerModel& placed) {
        auto cond = placed.condition(at::zeros({2}), at::zeros({2}), at::zeros({2, config.context_frames}, at::kLong));
        return placed.forward(x, cond).f;
    };
    auto fast = cast_for_inference(model, at::kFloat, at::kCPU);
    EXPECT_TRUE(fast.unet.middle.blocks[0].conv1.fast);
    EXPECT_TRUE(fast.conv_in.fast && fast.conv_out.fast);
    auto exact = run(cast(model, at::kFloat, at::kCPU, false));
    EXPECT_LE(distance(run(fast), exact), 1e-5 * exact.std().item<double>());
    ASSERT_TRUE(kernels::use_cpu_code(CpuCode::plain));
    EXPECT_FALSE(cast_for_inference(model, at::kFloat, at::kCPU).conv_in.fast);
}

}  // namespace
}  // namespace drift
