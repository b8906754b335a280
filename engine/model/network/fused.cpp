#include "model/network/fused.h"

#include <torch/torch.h>

#include <cmath>
#include <vector>

#include "kernels/cpu/norm.h"
#include "kernels/cpu/winograd.h"

namespace drift {

at::Tensor norm_affine_silu(const at::Tensor& x, const at::Tensor& affine, std::int64_t groups, double eps) {
    const std::int64_t batch = x.size(0), channels = x.size(1), pixels = x.size(2) * x.size(3),
                       in_group = channels / groups;
    constexpr std::int64_t part =
        512;  // pixels whose sums are added up on their own, whoever does: so threads do not change the sums
    const std::int64_t parts = (pixels + part - 1) / part;
    const std::int64_t grain = std::max<std::int64_t>(1, 65536 / (channels * part));  // parts that are worth a thread
    auto y = at::empty_like(x);
    auto given = affine.to(at::kFloat).contiguous();
    auto* from = reinterpret_cast<const kernels::bf16*>(x.data_ptr());
    auto* to = reinterpret_cast<kernels::bf16*>(y.data_ptr());
    std::vector<double> sums(static_cast<std::size_t>(parts * 2 * channels));
    std::vector<float> scale(static_cast<std::size_t>(channels)), shift(scale.size());
    for (std::int64_t b = 0; b < batch; ++b, from += pixels * channels, to += pixels * channels) {
        std::fill(sums.begin(), sums.end(), 0.0);
        at::parallel_for(0, parts, grain, [&](std::int64_t first, std::int64_t last) {
            for (std::int64_t i = first; i < last; ++i) {
                double* sum = sums.data() + i * 2 * channels;
                kernels::channel_sums(from, i * part, std::min(pixels, (i + 1) * part), channels, sum, sum + channels);
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
            kernels::affine_silu(from, to, first * part, std::min(pixels, last * part), channels, scale.data(),
                                 shift.data());
        });
    }
    return y;
}

Winograd::Winograd(const at::Tensor& weight, const at::Tensor& bias)
    : bias_(bias.detach().to(at::kCPU, at::kFloat).contiguous()) {
    auto given = weight.detach().to(at::kCPU, at::kFloat).contiguous();
    const std::int64_t out = given.size(0), in = given.size(1);
    weights_ = at::empty({16 * out * in}, at::kBFloat16);
    at::parallel_for(0, out, kernels::winograd_lot, [&](std::int64_t first, std::int64_t last) {
        kernels::winograd_weights(given.data_ptr<float>(), in, first, last,
                                  reinterpret_cast<kernels::bf16*>(weights_.data_ptr()));
    });
}

bool Winograd::pays(const at::Tensor& weight) {
    return weight.size(2) == 3 && weight.size(3) == 3 && weight.size(0) % kernels::winograd_lot == 0 &&
           weight.size(1) % kernels::winograd_lot == 0 && kernels::winograd_pays();
}

at::Tensor Winograd::operator()(const at::Tensor& x, const at::Tensor& more) const {
    auto from = x.contiguous(at::MemoryFormat::ChannelsLast),
         added = more.defined() ? more.contiguous(at::MemoryFormat::ChannelsLast) : more;
    const kernels::WinogradShape shape{x.size(0), x.size(2), x.size(3), x.size(1), bias_.size(0)};
    auto y =
        at::empty({shape.batch, shape.out, shape.height, shape.width}, x.options(), at::MemoryFormat::ChannelsLast);
    auto pixels = [](const at::Tensor& t) {
        return t.defined() ? reinterpret_cast<kernels::bf16*>(t.data_ptr()) : nullptr;
    };
    at::parallel_for(0, shape.tiles(), kernels::winograd_group, [&](std::int64_t first, std::int64_t last) {
        kernels::winograd_conv(shape, pixels(from), pixels(weights_), bias_.data_ptr<float>(), pixels(added), pixels(y),
                               first, last);
    });
    return y;
}

}  // namespace drift
