// Our own kernels for attention, for convolutions of every second pixel and for large matrices, on each CPU code that this machine has, against fp64.
#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <ATen/core/grad_mode.h>
#include <gtest/gtest.h>

#include "kernels/cpu/cpu_code.h"
#include "model/network/fast_attention.h"
#include "model/network/layers.h"

namespace drift {
namespace {

using kernels::CpuCode;

class PixelKernel : public testing::TestWithParam<CpuCode> {
protected:
    void SetUp() override {
        if (!kernels::use_cpu_code(GetParam())) GTEST_SKIP() << "this CPU lacks it";
        at::manual_seed(8);
    }
    void TearDown() override {
        kernels::use_cpu_code(kernels::best_cpu_code());
        at::set_num_threads(threads);
    }
    const int threads = at::get_num_threads();
};
INSTANTIATE_TEST_SUITE_P(Codes, PixelKernel, testing::Values(CpuCode::avx2, CpuCode::avx512),
                         [](const auto& info) { return std::string(kernels::name_of(info.param)); });

double furthest(const at::Tensor& found, const at::Tensor& exact, double of_value) {
    return ((found.to(at::kDouble) - exact).abs() - exact.abs() * of_value).max().item<double>();
}

at::Tensor plain_attention(const at::Tensor& qkv) {
    auto b = qkv.size(0), c = qkv.size(1) / 3, h = qkv.size(2), w = qkv.size(3);
    auto parts = qkv.to(at::kDouble).reshape({b, 3 * c / 8, 8, h * w}).transpose(2, 3).chunk(3, 1);
    auto scores = at::matmul(parts[0], parts[1].transpose(2, 3)) / std::sqrt(8.0);
    return at::matmul(scores.softmax(-1), parts[2]).transpose(2, 3).reshape({b, c, h, w});
}

TEST_P(PixelKernel, AttentionIsThatOfTheDefinition) {
    for (auto [batch, heads, height, width] :
         {std::tuple{1, 8, 8, 8}, {2, 3, 5, 7}, {1, 1, 1, 1}, {3, 2, 1, 17}, {1, 4, 19, 35}, {1, 128, 4, 7}})
        for (double size : {1.0, 12.0}) {  // of numbers, and so how unevenly pixels are looked at
            auto qkv = at::randn({batch, 24 * heads, height, width}) * size;
            auto y = attention_of_heads(qkv);
            EXPECT_TRUE(y.is_contiguous(at::MemoryFormat::ChannelsLast));
            EXPECT_LE(furthest(y, plain_attention(qkv), 0), 1e-5 * size * size)
                << heads << " heads, " << width << " x " << height << ", " << size;
            auto small = qkv.to(at::kBFloat16);
            EXPECT_LE(furthest(attention_of_heads(small), plain_attention(small), 1.0 / 256), 1e-5 * size * size);
        }
}

TEST_P(PixelKernel, AttentionKeepsWhatIsNoNumberAndBearsWhatIsLarge) {
    auto qkv = at::randn({1, 48, 4, 5});
    auto large = qkv * 1e4;
    EXPECT_LE(furthest(attention_of_heads(large), plain_attention(large), 1e-6), 1e-2)
        << "scores far beyond what has a power";
    qkv[0][16 + 3][2][2] = NAN;  // a key of the first head
    auto y = at::isnan(attention_of_heads(qkv));
    EXPECT_TRUE(y.slice(1, 0, 8).all().item<bool>());
    EXPECT_FALSE(y.slice(1, 8, 16).any().item<bool>()) << "the other head";
}

TEST_P(PixelKernel, ALayerAttendsByIt) {
    SelfAttention layer(64);
    layer.visit("", [](const std::string&, at::Tensor& tensor) { tensor = at::randn_like(tensor) / 8; });
    auto x = at::randn({2, 64, 9, 6}).contiguous(at::MemoryFormat::ChannelsLast);
    auto expected = layer(x.clone().requires_grad_(true)).detach();  // what is learned goes the operators' way
    at::NoGradGuard no_grad;
    EXPECT_LE(furthest(layer(x), expected.to(at::kDouble), 1e-5), 1e-5);
    layer.qkv.make_fast(at::kFloat), layer.out.make_fast(at::kFloat);
    EXPECT_LE(furthest(layer(x), expected.to(at::kDouble), 1e-5), 1e-5);
}

TEST_P(PixelKernel, AConvolutionOfEverySecondPixelIsAsExactAsTheOperator) {
    for (auto [batch, in, out, height, width] :
         {std::tuple{1, 64, 64, 64, 64}, {2, 8, 3, 7, 9}, {3, 16, 40, 1, 1}, {1, 20, 33, 2, 5}, {2, 512, 64, 8, 14}}) {
        auto x = at::randn({batch, in, height, width}), weight = at::randn({out, in, 3, 3}) / std::sqrt(9.0 * in),
             bias = at::randn({out});
        auto exact = at::conv2d(x.to(at::kDouble), weight.to(at::kDouble), bias.to(at::kDouble), 2, 1);
        auto y = FastConv(weight, bias, FastConv::Way::halving)(x, {});
        EXPECT_EQ(y.sizes(), exact.sizes());
        EXPECT_LE(furthest(y, exact, 0), 5e-6) << in << " to " << out << " channels, " << width << " x " << height;
        auto small = x.to(at::kBFloat16), narrow = weight.to(at::kBFloat16);
        auto rounded = at::conv2d(small.to(at::kDouble), narrow.to(at::kDouble), bias.to(at::kDouble), 2, 1);
        EXPECT_LE(furthest(FastConv(narrow, bias, FastConv::Way::halving)(small, {}), rounded, 1.0 / 256), 5e-6);
    }
}

// A weight in bf16 is held so: what comes out is that of the widened one, to the byte, for one vector as for many pixels.
TEST_P(PixelKernel, AWeightInBfloat16IsWidenedExactly) {
    for (auto [batch, in, out, height, width] :
         {std::tuple{1, 300, 70, 1, 1}, {2, 64, 96, 1, 1}, {1, 1024, 40, 4, 7}, {1, 40, 200, 15, 13}}) {
        auto weight = (at::randn({out, in, 1, 1}) / std::sqrt(1.0 * in)).to(at::kBFloat16), bias = at::randn({out});
        auto x = at::randn({batch, in, height, width}).to(at::kBFloat16),
             more = at::randn({batch, out, height, width}).to(at::kBFloat16);
        FastConv narrow(weight, bias, FastConv::Way::pointwise),
            wide(weight.to(at::kFloat), bias, FastConv::Way::pointwise);
        EXPECT_TRUE(narrow(x, more).equal(wide(x, more))) << in << " to " << out << " channels";
    }
    Conv large(300, 300, 1), small(64, 64, 1), strided(64, 64, 3, 2), wider(64, 64, 3, 4);
    for (Conv* conv : {&large, &small, &strided, &wider}) conv->make_fast(at::kBFloat16);
    EXPECT_TRUE(large.fast && small.fast && strided.fast);
    EXPECT_FALSE(wider.fast) << "of every fourth pixel there is no kernel";
}

// Where rows are too few for all threads, output channels are shared out.
TEST_P(PixelKernel, ThreadsChangeNothing) {
    auto x = at::randn({1, 512, 4, 7}).to(at::kBFloat16), thin = x.slice(1, 0, 64),
         qkv = at::randn({2, 72, 9, 9}).to(at::kBFloat16), weight = at::randn({160, 512, 3, 3}) / 70,
         scale = at::randn({1, 512});
    FastConv winograd(weight, at::randn({160}), FastConv::Way::winograd_fp32),
        pixel(at::randn({1000, 512, 1, 1}).to(at::kBFloat16), at::randn({1000}), FastConv::Way::pointwise),
        half(at::randn({320, 64, 3, 3}), at::randn({320}), FastConv::Way::halving);
    auto with = [&](int n) {
        at::set_num_threads(n);
        const Features activated = winograd({x, {}, scale, scale}, {});
        return std::vector<at::Tensor>{activated.x, activated.sums, pixel(x, {}), half(thin, {}),
                                       attention_of_heads(qkv)};
    };
    const auto alone = with(1);
    for (int n : {2, 3, 7}) {
        const auto together = with(n);
        for (std::size_t i = 0; i < alone.size(); ++i)
            EXPECT_TRUE(alone[i].equal(together[i])) << "result " << i << " of " << n << " threads";
    }
}

}  // namespace
}  // namespace drift
