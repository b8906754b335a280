#include "model/network/fast_conv.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <ATen/core/grad_mode.h>
#include <torch/csrc/autograd/custom_function.h>

#include <algorithm>
#include <type_traits>
#include <vector>

#include "kernels/cpu/cpu_kernels.h"
#include "kernels/cpu/winograd.h"
#include "model/network/numbers.h"

namespace drift {
namespace {

constexpr std::int64_t side = 4;  // of a tile of winograd_fp32.h

// Transformed weights of a convolution of more channels than this take more memory, and more of its bandwidth, than they save.
constexpr std::int64_t most_pairs = 256 * 256,
                       most_held = 2 * most_pairs;  // where they are made at each step, and once
constexpr std::int64_t least_in = 8;                // of fewer the plain sum rounds better, and is as fast

// As Winograd32 reads them. weight: [out, in, 3, 3]; for_gradient: of the convolution that gives the gradient of x, from `out` to `in` channels.
at::Tensor winograd_weights(const at::Tensor& weight, bool for_gradient) {
    const auto& kernel = kernels::cpu_kernels()->winograd;
    auto given = weight.detach().to(at::kFloat).contiguous();
    const std::int64_t height = given.size(1) * 9, in = given.size(for_gradient ? 0 : 1),
                       out = given.size(for_gradient ? 1 : 0), o_step = for_gradient ? 9 : height,
                       i_step = for_gradient ? height : 9, lot = kernel.lot, lots = kernel.lots(out);
    auto u = at::empty({lots * 36 * in * lot}, at::kFloat);
    at::parallel_for(0, lots * in, 16, [&](std::int64_t first, std::int64_t last) {
        for (std::int64_t at = first; at < last;) {  // (lot, input channel) in this order
            const std::int64_t l = at / in, from = at % in, to = std::min(in, from + last - at);
            kernel.weights(given.data_ptr<float>() + l * lot * o_step, o_step, i_step, for_gradient,
                           std::min(lot, out - l * lot), in, from, to, u.data_ptr<float>() + l * 36 * in * lot);
            at += to - from;
        }
    });
    return u;
}

at::Tensor channels_last(const at::Tensor& x) { return x.defined() ? x.contiguous(at::MemoryFormat::ChannelsLast) : x; }

// Tensors that are channels-last, as kernels read them.
template <class T>
kernels::Pictures<T> pictures_of(const FastConv::Input& input) {
    const std::int64_t own = input.x.size(1);
    return {numbers<const T>(input.x),
            numbers<const T>(input.beside),
            own,
            own + (input.beside.defined() ? input.beside.size(1) : 0),
            numbers<const float>(input.scale),
            numbers<const float>(input.shift)};
}

// work(part) for all of a convolution: its rows are shared out, `grain` being worth a thread, and where there are too few of them for all threads,
// lots of output channels too, or each thread would read all weights for its few rows. products: of numbers, for a row and a lot.
template <class Work>
void in_parts(std::int64_t rows, std::int64_t grain, std::int64_t out, std::int64_t lot, std::int64_t products,
              Work work) {
    constexpr std::int64_t least = 1 << 17;  // products that are worth a thread
    const std::int64_t row_parts = (rows + grain - 1) / grain, lots = (out + lot - 1) / lot,
                       threads = at::get_num_threads(),
                       lot_parts = std::min({lots, (threads + row_parts - 1) / row_parts,
                                             std::max<std::int64_t>(1, rows * lots * products / least)});
    if (row_parts >= threads || lot_parts == 1) {
        at::parallel_for(0, rows, grain, [&](std::int64_t first, std::int64_t last) {
            work(kernels::ConvPart{first, last, 0, out});
        });
        return;
    }
    at::parallel_for(0, row_parts * lot_parts, 1, [&](std::int64_t from, std::int64_t to) {
        for (std::int64_t i = from; i < to; ++i) {
            const std::int64_t r = i / lot_parts, l = i % lot_parts;
            work(kernels::ConvPart{rows * r / row_parts, rows * (r + 1) / row_parts, lots * l / lot_parts * lot,
                                   std::min(out, lots * (l + 1) / lot_parts * lot)});
        }
    });
}

// y, of `out` channels, by work(type, y, its sums, part) for parts of tiles of side x side outputs.
template <class Work>
Features by_parts(const FastConv::Input& input, std::int64_t out, std::int64_t side, std::int64_t group,
                  std::int64_t lot, bool with_sums, Work work) {
    const auto& x = input.x;
    const kernels::WinogradShape shape{x.size(0), x.size(2), x.size(3), 0, out};
    const std::int64_t down = shape.down(side), across = shape.across(side), rows = shape.batch * down,
                       in = x.size(1) + (input.beside.defined() ? input.beside.size(1) : 0);
    auto y = at::empty({x.size(0), out, x.size(2), x.size(3)}, x.options(), at::MemoryFormat::ChannelsLast);
    // Plain numbers: for so few an operator takes longer to be called than to add them.
    std::vector<double> of_rows(with_sums ? static_cast<std::size_t>(rows * 2 * out) : 0);
    in_parts(rows, (group + across - 1) / across, out, lot, (side + 2) * (side + 2) * across * in * lot,
             [&](const kernels::ConvPart& part) {
                 by_type(x, [&](auto type) { work(type, y, with_sums ? of_rows.data() : nullptr, part); });
             });
    if (!with_sums) return y;
    auto sums = at::empty({shape.batch, 2, out}, at::kDouble);
    for (std::int64_t picture = 0; picture < shape.batch; ++picture) {
        double* to = sums.data_ptr<double>() + picture * 2 * out;
        std::fill_n(to, 2 * out, 0.0);
        for (std::int64_t row = 0; row < down; ++row)
            for (std::int64_t i = 0; i < 2 * out; ++i)
                to[i] += of_rows[static_cast<std::size_t>((picture * down + row) * 2 * out + i)];
    }
    return {y, sums};
}

// y = conv(x) + bias + more; all channels-last; bias filled up to a multiple of the kernel's lot.
Features winograd(const kernels::Winograd32& kernel, const FastConv::Input& input, const at::Tensor& u,
                  const at::Tensor& bias, std::int64_t out, const at::Tensor& more, bool with_sums) {
    return by_parts(input, out, side, kernel.group, kernel.lot, with_sums,
                    [&](auto type, const at::Tensor& y, double* sums, const kernels::ConvPart& part) {
                        using T = decltype(type);
                        const auto x = pictures_of<T>(input);
                        of_type<T>(kernel.conv, kernel.conv16)({y.size(0), y.size(2), y.size(3), x.in, out}, part, x,
                                                               numbers<float>(u), numbers<float>(bias),
                                                               numbers<T>(more), numbers<T>(y), sums);
                    });
}

// The same by products of bfloat16.
Features winograd_bf16(const FastConv::Input& input, const at::Tensor& u, const at::Tensor& bias, std::int64_t out,
                       const at::Tensor& more) {
    using kernels::bf16;
    const auto x = pictures_of<bf16>(input);
    return by_parts(input, out, 2, kernels::winograd_group, kernels::winograd_lot, true,
                    [&](auto, const at::Tensor& y, double* sums, const kernels::ConvPart& part) {
                        kernels::winograd_conv({y.size(0), y.size(2), y.size(3), x.in, out}, part, x, numbers<bf16>(u),
                                               numbers<float>(bias), numbers<bf16>(more), numbers<bf16>(y), sums);
                    });
}

// The gradient of the weight, [out, in, 3, 3] in fp32. Its sums are divided into parts by the pictures alone, so threads do not change them.
at::Tensor winograd_weight_slope(const kernels::Winograd32& kernel, const at::Tensor& x, const at::Tensor& slope) {
    constexpr std::int64_t least_tiles = 128, most_parts = 16;
    const std::int64_t in = x.size(1), out = slope.size(1), lots = kernel.lots(out);
    const kernels::WinogradShape shape{x.size(0), x.size(2), x.size(3), in, out};
    const std::int64_t rows = shape.batch * shape.down(side),
                       parts = std::clamp<std::int64_t>(shape.tiles(side) / least_tiles, 1, std::min(rows, most_parts));
    auto du = at::zeros({parts, lots * 36 * in * kernel.lot}, at::kFloat);
    by_type(x, [&](auto type) {
        using T = decltype(type);
        at::parallel_for(0, parts, 1, [&](std::int64_t from, std::int64_t to) {
            for (std::int64_t part = from; part < to; ++part)
                of_type<T>(kernel.weight_slopes, kernel.weight_slopes16)(
                    shape, pictures_of<T>({x}), numbers<T>(slope), du[part].template data_ptr<float>(),
                    rows * part / parts, rows * (part + 1) / parts);
        });
    });
    auto sum = parts == 1 ? du[0] : du.sum(0);
    auto weight = at::empty({out, in, 3, 3}, at::kFloat);
    at::parallel_for(0, lots, 1, [&](std::int64_t from, std::int64_t to) {
        for (std::int64_t l = from; l < to; ++l)
            kernel.gather_weights(sum.data_ptr<float>() + l * 36 * in * kernel.lot, in * 9, 9,
                                  std::min(kernel.lot, out - l * kernel.lot), in,
                                  weight.data_ptr<float>() + l * kernel.lot * in * 9);
    });
    return weight;
}

at::Tensor filled(const at::Tensor& bias, std::int64_t lot) {
    auto given = bias.detach().to(at::kCPU, at::kFloat);
    return at::constant_pad_nd(given, {0, (lot - given.size(0) % lot) % lot}).contiguous();
}

}  // namespace

FastConv::FastConv(const at::Tensor& weight, const at::Tensor& bias, Way way)
    : way_(way), kernels_(kernels::cpu_kernels()), out_(weight.size(0)) {
    auto given = weight.detach().to(at::kCPU, at::kFloat).contiguous();
    const std::int64_t in = given.size(1),
                       lot = way == Way::winograd_bf16 ? kernels::winograd_lot : kernels_->winograd.lot;
    bias_ = filled(bias, lot);
    switch (way) {
        case Way::pointwise:
        case Way::halving: {
            const auto windows = given.to(weight.scalar_type()).permute({0, 2, 3, 1}).flatten(1);
            weights_ = at::constant_pad_nd(windows, {0, 0, 0, bias_.size(0) - out_})
                           .reshape({-1, lot, windows.size(1)})
                           .transpose(1, 2)
                           .contiguous();
            return;
        }
        case Way::winograd_fp32: weights_ = winograd_weights(given, false); return;
        case Way::winograd_bf16: break;
    }
    weights_ = at::empty({16 * out_ * in}, at::kBFloat16);
    at::parallel_for(0, out_, lot, [&](std::int64_t first, std::int64_t last) {
        kernels::winograd_weights(given.data_ptr<float>(), in, first, last, numbers<kernels::bf16>(weights_));
    });
}

std::optional<FastConv::Way> FastConv::quickest(const at::Tensor& weight, int stride, at::ScalarType type) {
    const std::int64_t out = weight.size(0), in = weight.size(1), window = weight.size(2) * weight.size(3),
                       lot = kernels::winograd_lot;
    if ((window != 9 && window != 1) || (type != at::kFloat && type != at::kBFloat16)) return {};
    if (!kernels::cpu_kernels() || in < least_in) return {};
    if (stride != 1) return window == 9 && stride == 2 ? std::optional(Way::halving) : std::nullopt;
    if (window == 1) return Way::pointwise;
    const bool ours = in * out <= most_held;
    const bool narrow = type == at::kBFloat16 && out % lot == 0 && in % lot == 0 && kernels::has_bf16_products();
    if (narrow && (kernels::has_quick_bf16_products() || !ours)) return Way::winograd_bf16;
    return ours ? std::optional(Way::winograd_fp32) : std::nullopt;
}

template <class T>
void FastConv::pointwise(const kernels::PointwiseShape& shape, const kernels::Pictures<T>& x, std::int64_t pixels,
                         const T* more, T* y) const {
    const auto& kernel = kernels_->pointwise;
    const float* bias = numbers<float>(bias_);
    in_parts(pixels, kernel.at_once, out_, kernel.lot, shape.seen() * kernel.lot, [&](const kernels::ConvPart& part) {
        if constexpr (std::is_same_v<T, kernels::bf16>)
            if (weights_.scalar_type() == at::kBFloat16)
                return kernel.conv16_narrow(shape, part, x, numbers<kernels::bf16>(weights_), bias, more, y);
        of_type<T>(kernel.conv, kernel.conv16)(shape, part, x, numbers<float>(weights_), bias, more, y);
    });
}

Features FastConv::operator()(const Input& given, const at::Tensor& more) const {
    const Input input{channels_last(given.x), channels_last(given.beside), given.scale, given.shift};
    const at::Tensor &x = input.x, added = channels_last(more);
    if (way_ == Way::winograd_fp32) return winograd(kernels_->winograd, input, weights_, bias_, out_, added, true);
    if (way_ == Way::winograd_bf16) return winograd_bf16(input, weights_, bias_, out_, added);
    const bool halves = way_ == Way::halving;
    auto side = [&](std::int64_t n) { return halves ? (n + 1) / 2 : n; };
    auto y =
        at::empty({x.size(0), out_, side(x.size(2)), side(x.size(3))}, x.options(), at::MemoryFormat::ChannelsLast);
    by_type(x, [&](auto type) {
        using T = decltype(type);
        const auto pictures = pictures_of<T>(input);
        pointwise<T>({pictures.in, out_, halves ? x.size(2) : 0, halves ? x.size(3) : 0}, pictures,
                     y.size(0) * y.size(2) * y.size(3), numbers<T>(added), numbers<T>(y));
    });
    return y;
}

namespace {

struct LearnedConv : torch::autograd::Function<LearnedConv> {
    static at::Tensor forward(torch::autograd::AutogradContext* context, const at::Tensor& given,
                              const at::Tensor& weight, const at::Tensor& bias) {
        const auto& kernel = kernels::cpu_kernels()->winograd;
        auto x = given.contiguous(at::MemoryFormat::ChannelsLast);
        context->save_for_backward({x, weight});
        return winograd(kernel, {x}, winograd_weights(weight, false), filled(bias, kernel.lot), weight.size(0), {},
                        false);
    }
    static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context,
                                                   torch::autograd::variable_list slopes) {
        const auto saved = context->get_saved_variables();
        const auto &x = saved[0], &weight = saved[1];
        const auto& kernel = kernels::cpu_kernels()->winograd;
        auto slope = slopes[0].contiguous(at::MemoryFormat::ChannelsLast);
        const std::int64_t in = weight.size(1);
        at::Tensor of_x;
        if (context->needs_input_grad(0))
            of_x = winograd(kernel, {slope}, winograd_weights(weight, true),
                            at::zeros({kernel.lots(in) * kernel.lot}, at::kFloat), in, {}, false);
        return {of_x, winograd_weight_slope(kernel, x, slope).to(weight.scalar_type()),
                slope.sum(at::IntArrayRef{0, 2, 3})};
    }
};

}  // namespace

bool learns_fast(const at::Tensor& x, const at::Tensor& weight, int stride) {
    return at::GradMode::is_enabled() && x.is_cpu() && stride == 1 && weight.size(2) == 3 && weight.size(3) == 3 &&
           x.scalar_type() == weight.scalar_type() &&
           (x.scalar_type() == at::kFloat || x.scalar_type() == at::kBFloat16) && kernels::cpu_kernels() &&
           std::min(weight.size(0), weight.size(1)) >= least_in && weight.size(0) * weight.size(1) <= most_pairs;
}

at::Tensor learned_conv(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias) {
    return LearnedConv::apply(x, weight, bias);
}

}  // namespace drift
