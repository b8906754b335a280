#include "model/network/layers.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "kernels/cpu/cpu_kernels.h"
#include "model/network/fast_attention.h"
#include "model/network/fast_norm.h"

namespace drift {
namespace {

constexpr double norm_eps = 1e-5;
// A weight of more numbers than that is read from memory again for each picture: pictures in bf16 meet it in bf16, at half the bytes.
constexpr std::int64_t most_widened = 256 * 256;

thread_local bool without_values = false;

at::Tensor uniform(at::IntArrayRef shape, int fan_in) {
    if (without_values) return at::empty(shape);
    double bound = 1 / std::sqrt(static_cast<double>(fan_in));
    return at::empty(shape).uniform_(-bound, bound);
}

std::int64_t norm_groups(std::int64_t channels) { return std::max<std::int64_t>(1, channels / 32); }

at::Tensor as_held(const at::Tensor& weight, at::ScalarType type) {
    return type == at::kBFloat16 && weight.numel() > most_widened ? weight.to(type) : weight;
}

bool kernel_takes(const at::Tensor& x) {
    return (x.scalar_type() == at::kBFloat16 || x.scalar_type() == at::kFloat) && kernels::cpu_kernels() &&
           x.is_cpu() && x.is_contiguous(at::MemoryFormat::ChannelsLast);
}

}  // namespace

WithoutValues::WithoutValues() : before_(std::exchange(without_values, true)) {}
WithoutValues::~WithoutValues() { without_values = before_; }

void set_zero(at::Tensor& tensor) {
    if (!without_values) tensor.zero_();
}

Conv::Conv(int in, int out, int kernel, int stride_)
    : weight(uniform({out, in, kernel, kernel}, in * kernel * kernel)),
      bias(uniform({out}, in * kernel * kernel)),
      stride(stride_) {}

at::Tensor Conv::operator()(const at::Tensor& x, const at::Tensor& more) const {
    if (fast) return fast(x, more);
    if (learns_fast(x, weight, stride)) {
        auto y = learned_conv(x, weight, bias);
        return more.defined() ? y + more : y;
    }
    auto padding = weight.size(2) / 2;
    auto y = at::conv2d(x, weight, bias, {stride, stride}, {padding, padding});
    return more.defined() ? y + more : y;
}

void Conv::make_fast(at::ScalarType type) {
    const auto way = FastConv::quickest(weight, stride, type);
    if (!way) return;
    const bool as_it_is = *way == FastConv::Way::pointwise || *way == FastConv::Way::halving;
    fast = FastConv(as_it_is ? as_held(weight, type) : weight, bias, *way);
    weight = bias = at::Tensor();
}

Linear::Linear(int in, int out) : weight(uniform({out, in}, in)), bias(uniform({out}, in)) {}

at::Tensor Linear::operator()(const at::Tensor& x) const {
    return fast ? fast(x.unsqueeze(-1).unsqueeze(-1), {}).flatten(1) : at::linear(x, weight, bias);
}

void Linear::make_fast(at::ScalarType type) {
    if (!kernels::cpu_kernels() || (type != at::kFloat && type != at::kBFloat16)) return;
    fast = FastConv(as_held(weight, type).unsqueeze(-1).unsqueeze(-1), bias, FastConv::Way::pointwise);
    weight = bias = at::Tensor();
}

GroupNorm::GroupNorm(int channels) : weight(at::ones({channels})), bias(at::zeros({channels})) {}

at::Tensor GroupNorm::operator()(const at::Tensor& x) const {
    return at::group_norm(x, norm_groups(x.size(1)), weight, bias, norm_eps);
}

at::Tensor GroupNorm::activated(const at::Tensor& x) const {
    return kernel_takes(x) ? norm_affine_silu(x, affine(x.size(0)), norm_groups(x.size(1)), norm_eps)
                           : at::silu((*this)(x));
}

at::Tensor GroupNorm::affine(std::int64_t batch) const { return at::cat({weight - 1, bias}).expand({batch, -1}); }

at::Tensor AdaGroupNorm::operator()(const at::Tensor& x, const at::Tensor& cond) const {
    auto normed = at::group_norm(x, norm_groups(x.size(1)), {}, {}, norm_eps);
    auto parts = affine(cond).to(x.scalar_type()).unsqueeze(-1).unsqueeze(-1).chunk(2, 1);
    return at::addcmul(parts[1], normed, parts[0] + 1);
}

at::Tensor AdaGroupNorm::activated(const at::Tensor& x, const at::Tensor& cond) const {
    return kernel_takes(x) ? norm_affine_silu(x, affine(cond), norm_groups(x.size(1)), norm_eps)
                           : at::silu((*this)(x, cond));
}

SelfAttention::SelfAttention(int channels)
    : norm(channels), qkv(channels, 3 * channels, 1), out(channels, channels, 1) {
    set_zero(out.weight);
    set_zero(out.bias);
}

at::Tensor SelfAttention::operator()(const at::Tensor& input) const {
    auto x = norm(input);
    auto n = x.size(0), c = x.size(1), h = x.size(2), w = x.size(3);
    auto heads = std::max<std::int64_t>(1, c / 8);
    auto all = qkv(x);
    if (kernel_takes(all) && c == heads * kernels::head_channels && !at::GradMode::is_enabled())
        return out(attention_of_heads(all), x);
    auto parts = all.reshape({n, 3 * heads, c / heads, h * w}).transpose(2, 3).chunk(3, 1);
    auto y = at::scaled_dot_product_attention(parts[0], parts[1], parts[2]);
    y = y.transpose(2, 3).reshape({n, c, h, w});
    return out(y.contiguous(x.suggest_memory_format()), x);
}

ResBlock::ResBlock(int in, int out, int cond, bool with_attention)
    : has_projection(in != out),
      has_attention(with_attention),
      conv1(in, out, 3),
      conv2(out, out, 3),
      norm1(in, cond),
      norm2(out, cond) {
    if (has_projection) projection = Conv(in, out, 1);
    if (has_attention) attention = SelfAttention(out);
    set_zero(conv2.weight);  // each block starts as the identity
}

namespace {

// conv(silu(group_norm(cat(x, beside)) (1 + scale) + shift)) + more.
Features fused(const FastConv& conv, const Features& x, const Features& beside, const at::Tensor& affine,
               const at::Tensor& more) {
    const auto channels = x.x.size(1) + (beside.x.defined() ? beside.x.size(1) : 0);
    const auto [scale, shift] = norm_scales(x, beside, affine, norm_groups(channels), norm_eps);
    return conv({x.x, beside.x, scale, shift}, more);
}

bool fuses(const Conv& conv, const at::Tensor& x) { return conv.fast && kernel_takes(x); }

Features activated_conv(const Conv& conv, const AdaGroupNorm& norm, const Features& x, const at::Tensor& cond,
                        const at::Tensor& more) {
    if (fuses(conv, x)) return fused(conv.fast, x, {}, norm.affine(cond), more);
    return conv(norm.activated(x, cond), more);
}

}  // namespace

at::Tensor activated_conv(const Conv& conv, const GroupNorm& norm, const Features& x) {
    return fuses(conv, x) ? fused(conv.fast, x, {}, norm.affine(x.x.size(0)), {}).x : conv(norm.activated(x));
}

Features ResBlock::operator()(const Features& x, const at::Tensor& cond, const Features& skip) const {
    Features first, y;
    if (skip.x.defined() && fuses(conv1, x) && fuses(projection, skip)) {
        first = fused(conv1.fast, x, skip, norm1.affine(cond), {});
        y = activated_conv(conv2, norm2, first, cond, projection.fast({x.x, skip.x}, {}));
    } else {
        const Features all = skip.x.defined() ? Features(at::cat({x.x, skip.x}, 1)) : x;
        first = activated_conv(conv1, norm1, all, cond, {});
        y = activated_conv(conv2, norm2, first, cond, has_projection ? projection(all) : all.x);
    }
    return has_attention ? Features(attention(y)) : y;
}

ResBlocks::ResBlocks(const std::vector<int>& in, const std::vector<int>& out, int cond, bool attention) {
    for (std::size_t i = 0; i < in.size(); ++i) blocks.emplace_back(in[i], out[i], cond, attention);
}

at::Tensor upsample_nearest(const at::Tensor& x) { return at::upsample_nearest2d(x, {2 * x.size(2), 2 * x.size(3)}); }

}  // namespace drift
