#include "model/network/fused.h"

#include <torch/torch.h>

#include <cmath>
#include <vector>

#include "kernels/cpu/cpu_kernels.h"
#include "kernels/cpu/winograd.h"

namespace drift {

namespace {

template <class T>
T* numbers(const at::Tensor& t) {
    return t.defined() ? reinterpret_cast<T*>(t.data_ptr()) : nullptr;
}

template <class T>
at::Tensor norm_affine_silu_of(const kernels::Norm<T>& norm, const at::Tensor& x, const at::Tensor& affine,
                               std::int64_t groups, double eps) {
    const std::int64_t batch = x.size(0), channels = x.size(1), pixels = x.size(2) * x.size(3),
                       in_group = channels / groups;
    constexpr std::int64_t part =
        128;  // pixels whose sums are added up on their own, whoever does: so threads do not change the sums
    const std::int64_t parts = (pixels + part - 1) / part;
    const std::int64_t grain = std::max<std::int64_t>(1, 16384 / (channels * part));  // parts that are worth a thread
    auto y = at::empty_like(x);
    auto given = affine.to(at::kFloat).contiguous();
    const T* from = numbers<const T>(x);
    T* to = numbers<T>(y);
    std::vector<double> sums(static_cast<std::size_t>(parts * 2 * channels));
    std::vector<float> scale(static_cast<std::size_t>(channels)), shift(scale.size());
    for (std::int64_t b = 0; b < batch; ++b, from += pixels * channels, to += pixels * channels) {
        std::fill(sums.begin(), sums.end(), 0.0);
        at::parallel_for(0, parts, grain, [&](std::int64_t first, std::int64_t last) {
            for (std::int64_t i = first; i < last; ++i) {
                double* sum = sums.data() + i * 2 * channels;
                norm.sums(from, i * part, std::min(pixels, (i + 1) * part), channels, sum, sum + channels);
            }
        });
        const float* s = given.data_ptr<float>() + b * 2 * channels;
        for (std::int64_t group = 0; group < groups; ++group) {
            double sum = 0, square = 0;
            for (std::int64_t i = 0; i < parts; ++i)
                for (std::int64_t c = group * in_group; c < (group + 1) * in_group; ++c)
                    sum += sums[static_cast<std::size_t>(i * 2 * channels + c)],
                        square += sums[static_cast<std::size_t>((i * 2 + 1) * channels + c)];
            const double count = static_cast<double>(in_group * pixels), mean = sum / count,
                         deviation = std::sqrt(std::max(0.0, square / count - mean * mean) + eps);
            for (std::int64_t c = group * in_group; c < (group + 1) * in_group; ++c) {
                auto k = static_cast<std::size_t>(c);
                scale[k] = static_cast<float>((1.0 + static_cast<double>(s[c])) / deviation);
                shift[k] =
                    static_cast<float>(static_cast<double>(s[channels + c]) - mean * static_cast<double>(scale[k]));
            }
        }
        at::parallel_for(0, parts, grain, [&](std::int64_t first, std::int64_t last) {
            norm.affine_silu(from, to, first * part, std::min(pixels, last * part), channels, scale.data(),
                             shift.data());
        });
    }
    return y;
}

// Transformed weights of a convolution of more channels than this take more memory, and more of its bandwidth, than they save.
constexpr std::int64_t most_pairs = 256 * 256;
constexpr std::int64_t least_in = 8;  // of fewer the plain sum rounds better, and is as fast

}  // namespace

at::Tensor norm_affine_silu(const at::Tensor& x, const at::Tensor& affine, std::int64_t groups, double eps) {
    const auto& ours = *kernels::cpu_kernels();
    return x.scalar_type() == at::kFloat ? norm_affine_silu_of(ours.norm32, x, affine, groups, eps)
                                         : norm_affine_silu_of(ours.norm16, x, affine, groups, eps);
}

FastConv::FastConv(const at::Tensor& weight, const at::Tensor& bias, Way way)
    : way_(way), kernels_(kernels::cpu_kernels()), out_(weight.size(0)) {
    auto given = weight.detach().to(at::kCPU, at::kFloat).contiguous();
    bias_ = bias.detach().to(at::kCPU, at::kFloat).contiguous();
    const std::int64_t in = given.size(1),
                       lot = way == Way::winograd_bf16 ? kernels::winograd_lot : kernels_->winograd.lot,
                       fill = (lot - out_ % lot) % lot;
    bias_ = at::constant_pad_nd(bias_, {0, fill});
    const float* from = given.data_ptr<float>();
    switch (way) {
        case Way::pointwise:
            weights_ = at::constant_pad_nd(given.reshape({out_, in}), {0, 0, 0, fill})
                           .reshape({-1, lot, in})
                           .transpose(1, 2)
                           .contiguous();
            return;
        case Way::winograd_fp32: weights_ = at::zeros({kernels_->winograd.weights(in, out_)}, at::kFloat); break;
        case Way::winograd_bf16: weights_ = at::empty({16 * out_ * in}, at::kBFloat16); break;
    }
    at::parallel_for(0, out_, lot, [&](std::int64_t first, std::int64_t last) {
        if (way == Way::winograd_fp32)
            kernels::winograd32_weights(from, in, first, last, lot, numbers<float>(weights_));
        else kernels::winograd_weights(from, in, first, last, numbers<kernels::bf16>(weights_));
    });
}

std::optional<FastConv::Way> FastConv::quickest(const at::Tensor& weight, at::ScalarType type) {
    const std::int64_t out = weight.size(0), in = weight.size(1), window = weight.size(2) * weight.size(3),
                       lot = kernels::winograd_lot;
    if ((window != 9 && window != 1) || (type != at::kFloat && type != at::kBFloat16)) return {};
    const bool ours = kernels::cpu_kernels() && in >= least_in && in * out <= most_pairs;
    if (window == 1) return ours ? std::optional(Way::pointwise) : std::nullopt;
    const bool narrow = type == at::kBFloat16 && out % lot == 0 && in % lot == 0 && kernels::winograd_pays();
    if (narrow && (kernels::winograd_is_quick() || !ours)) return Way::winograd_bf16;
    return ours ? std::optional(Way::winograd_fp32) : std::nullopt;
}

at::Tensor FastConv::operator()(const at::Tensor& x, const at::Tensor& more) const {
    auto from = x.contiguous(at::MemoryFormat::ChannelsLast),
         added = more.defined() ? more.contiguous(at::MemoryFormat::ChannelsLast) : more;
    const std::int64_t batch = x.size(0), in = x.size(1), height = x.size(2), width = x.size(3);
    auto y = at::empty({batch, out_, height, width}, x.options(), at::MemoryFormat::ChannelsLast);
    auto run = [&](auto conv, const auto& shape, auto type, std::int64_t all, std::int64_t grain) {
        using T = decltype(type);
        at::parallel_for(0, all, grain, [&](std::int64_t first, std::int64_t last) {
            conv(shape, numbers<T>(from), numbers<float>(weights_), numbers<float>(bias_), numbers<T>(added),
                 numbers<T>(y), first, last);
        });
    };
    const bool fp32 = x.scalar_type() == at::kFloat;
    if (way_ == Way::winograd_fp32) {
        const auto& kernel = kernels_->winograd;
        const kernels::WinogradShape32 shape{batch, height, width, in, out_};
        if (fp32) run(kernel.conv, shape, float(), shape.tiles(), kernel.group);
        else run(kernel.conv16, shape, kernels::bf16(), shape.tiles(), kernel.group);
    } else if (way_ == Way::pointwise) {
        const auto& kernel = kernels_->pointwise;
        const kernels::PointwiseShape shape{in, out_};
        if (fp32) run(kernel.conv, shape, float(), batch * height * width, kernel.at_once);
        else run(kernel.conv16, shape, kernels::bf16(), batch * height * width, kernel.at_once);
    } else {
        const kernels::WinogradShape shape{batch, height, width, in, out_};
        at::parallel_for(0, shape.tiles(), kernels::winograd_group, [&](std::int64_t first, std::int64_t last) {
            kernels::winograd_conv(shape, numbers<kernels::bf16>(from), numbers<kernels::bf16>(weights_),
                                   numbers<float>(bias_), numbers<kernels::bf16>(added), numbers<kernels::bf16>(y),
                                   first, last);
        });
    }
    return y;
}

}  // namespace drift
