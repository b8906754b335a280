#include "model/network/fast_norm.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <ATen/core/grad_mode.h>
#include <torch/csrc/autograd/custom_function.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <vector>

#include "kernels/cpu/cpu_kernels.h"
#include "model/network/numbers.h"

namespace drift {
namespace {

// Pixels whose sums are added up on their own, whoever does: so threads do not change the sums.
constexpr std::int64_t part = 128;

const auto& norm_of(float) { return kernels::cpu_kernels()->norm32; }
const auto& norm_of(kernels::bf16) { return kernels::cpu_kernels()->norm16; }

// A batch of pictures as kernels see it: parts of its pictures, one after the other.
struct Parts {
    std::int64_t batch, channels, pixels, each, grain;
    explicit Parts(const at::Tensor& x)
        : batch(x.size(0)),
          channels(x.size(1)),
          pixels(x.size(2) * x.size(3)),
          each((pixels + part - 1) / part),
          grain(std::max<std::int64_t>(1, 16384 / (channels * part))) {}  // parts that are worth a thread
    // work(picture, its part, first pixel, last pixel)
    template <class Work>
    void run(Work work) const {
        at::parallel_for(0, batch * each, grain, [&](std::int64_t first, std::int64_t last) {
            for (std::int64_t i = first; i < last; ++i) {
                const std::int64_t k = i % each;
                work(i / each, k, k * part, std::min(pixels, (k + 1) * part));
            }
        });
    }
    // Two sums of each picture and channel, [B, 2, C], from those of its parts in their order.
    template <class Work>
    std::vector<double> sums(Work work) const {
        std::vector<double> parts(static_cast<std::size_t>(batch * each * 2 * channels)),
            all(static_cast<std::size_t>(batch * 2 * channels));
        run([&](std::int64_t b, std::int64_t k, std::int64_t first, std::int64_t last) {
            double* to = parts.data() + (b * each + k) * 2 * channels;
            work(b, first, last, to, to + channels);
        });
        for (std::int64_t b = 0; b < batch; ++b)
            for (std::int64_t k = 0; k < each; ++k)
                for (std::int64_t c = 0; c < 2 * channels; ++c)
                    all[static_cast<std::size_t>(b * 2 * channels + c)] +=
                        parts[static_cast<std::size_t>((b * each + k) * 2 * channels + c)];
        return all;
    }
};

// As Features::sums.
template <class T>
std::vector<double> sums_of(const at::Tensor& x) {
    const Parts parts(x);
    return parts.sums([&](std::int64_t b, std::int64_t first, std::int64_t last, double* sum, double* square) {
        norm_of(T()).sums(numbers<const T>(x) + b * parts.pixels * parts.channels, first, last, parts.channels, sum,
                          square);
    });
}

// The sums of features, told or added up now.
template <class T>
class Sums {
public:
    explicit Sums(const Features& features) : told_(features.sums) {
        if (!told_.defined() && features.x.defined()) added_ = sums_of<T>(features.x);
    }
    const double* at() const { return told_.defined() ? told_.data_ptr<double>() : added_.data(); }

private:
    at::Tensor told_;
    std::vector<double> added_;
};

struct Group {
    double mean, rate;  // rate: one over the deviation
};
struct Scales {
    NormScales of_channels;
    std::vector<Group> groups;  // [B, G]
};

// Of given.x and, if it is defined, what lies beside it.
template <class T>
Scales scales_of(const Features& given_x, const Features& given_beside, const at::Tensor& affine, std::int64_t groups,
                 double eps) {
    const Sums<T> sums(given_x), others(given_beside);
    const at::Tensor &x = given_x, &beside = given_beside;
    const std::int64_t batch = x.size(0), pixels = x.size(2) * x.size(3), own = x.size(1),
                       rest = beside.defined() ? beside.size(1) : 0, channels = own + rest,
                       in_group = channels / groups;
    const double count = static_cast<double>(in_group * pixels);
    Scales made{{at::empty({batch, channels}, at::kFloat), at::empty({batch, channels}, at::kFloat)}, {}};
    made.groups.reserve(static_cast<std::size_t>(batch * groups));
    struct Added {
        double sum = 0, square = 0;
    };
    std::vector<Added> added(static_cast<std::size_t>(groups));
    // Those of `here` channels, before which there are `before` others.
    auto add = [&](const double* of, std::int64_t before, std::int64_t here) {
        for (std::int64_t c = 0; c < here; ++c) {
            Added& group = added[static_cast<std::size_t>((before + c) / in_group)];
            group.sum += of[c], group.square += of[here + c];
        }
    };
    for (std::int64_t b = 0; b < batch; ++b) {
        std::fill(added.begin(), added.end(), Added{});
        add(sums.at() + 2 * b * own, 0, own);
        if (rest > 0) add(others.at() + 2 * b * rest, own, rest);
        const float* given = affine.data_ptr<float>() + b * 2 * channels;
        float *scale = made.of_channels.scale.data_ptr<float>() + b * channels,
              *shift = made.of_channels.shift.data_ptr<float>() + b * channels;
        for (std::int64_t g = 0; g < groups; ++g) {
            const Added& of = added[static_cast<std::size_t>(g)];
            const double mean = of.sum / count,
                         rate = 1 / std::sqrt(std::max(0.0, of.square / count - mean * mean) + eps);
            made.groups.push_back({mean, rate});
            for (std::int64_t c = g * in_group; c < (g + 1) * in_group; ++c) {
                scale[c] = static_cast<float>((1.0 + static_cast<double>(given[c])) * rate);
                shift[c] =
                    static_cast<float>(static_cast<double>(given[channels + c]) - mean * static_cast<double>(scale[c]));
            }
        }
    }
    return made;
}

template <class T>
at::Tensor activated(const at::Tensor& x, const NormScales& scales) {
    const Parts parts(x);
    auto y = at::empty_like(x);
    parts.run([&](std::int64_t b, std::int64_t, std::int64_t first, std::int64_t last) {
        const std::int64_t begin = b * parts.pixels * parts.channels;
        norm_of(T()).affine_silu(numbers<const T>(x) + begin, numbers<T>(y) + begin, first, last, parts.channels,
                                 scales.scale.data_ptr<float>() + b * parts.channels,
                                 scales.shift.data_ptr<float>() + b * parts.channels);
    });
    return y;
}

// With n = (x - mean) rate, and dz the gradient before SiLU: d scale = sum of dz n, d shift = sum of dz, and
// dx = rate (dn - mean of dn - n times the mean of dn n) for dn = dz (1 + scale): Ioffe and Szegedy 2015, section 3, over a group.
template <class T>
std::pair<at::Tensor, at::Tensor> slopes_of(const at::Tensor& x, const at::Tensor& dy, const at::Tensor& affine,
                                            const NormScales& scales, const Group* of_groups, std::int64_t groups) {
    const Parts parts(x);
    const std::int64_t channels = parts.channels, in_group = channels / groups;
    auto begin = [&](std::int64_t b) { return b * parts.pixels * channels; };
    const float *scale = scales.scale.data_ptr<float>(), *shift = scales.shift.data_ptr<float>(),
                *given = affine.data_ptr<float>();
    const auto sums =
        parts.sums([&](std::int64_t b, std::int64_t first, std::int64_t last, double* sum, double* product) {
            norm_of(T()).slope_sums(numbers<const T>(x) + begin(b), numbers<const T>(dy) + begin(b), first, last,
                                    channels, scale + b * channels, shift + b * channels, sum, product);
        });
    auto of_affine = at::empty_like(affine), slope = at::empty_like(scales.scale), offset = at::empty_like(slope);
    for (std::int64_t b = 0; b < parts.batch; ++b)
        for (std::int64_t group = 0; group < groups; ++group) {
            const double mean = of_groups[b * groups + group].mean, rate = of_groups[b * groups + group].rate,
                         count = static_cast<double>(in_group * parts.pixels);
            double of_n = 0, along = 0;  // means of dn and of dn n
            for (std::int64_t c = group * in_group; c < (group + 1) * in_group; ++c) {
                const double sum = sums[static_cast<std::size_t>(b * 2 * channels + c)],
                             product = sums[static_cast<std::size_t>((b * 2 + 1) * channels + c)],
                             with_n = rate * (product - mean * sum),
                             gain = 1 + static_cast<double>(given[b * 2 * channels + c]);
                of_affine.data_ptr<float>()[b * 2 * channels + c] = static_cast<float>(with_n);
                of_affine.data_ptr<float>()[(b * 2 + 1) * channels + c] = static_cast<float>(sum);
                of_n += gain * sum / count, along += gain * with_n / count;
            }
            for (std::int64_t c = group * in_group; c < (group + 1) * in_group; ++c) {
                slope.data_ptr<float>()[b * channels + c] = static_cast<float>(-rate * rate * along);
                offset.data_ptr<float>()[b * channels + c] =
                    static_cast<float>(rate * rate * along * mean - rate * of_n);
            }
        }
    auto dx = at::empty_like(x);
    parts.run([&](std::int64_t b, std::int64_t, std::int64_t first, std::int64_t last) {
        const std::int64_t c = b * channels;
        norm_of(T()).slopes(numbers<const T>(x) + begin(b), numbers<const T>(dy) + begin(b), numbers<T>(dx) + begin(b),
                            first, last, channels, scale + c, shift + c, slope.data_ptr<float>() + c,
                            offset.data_ptr<float>() + c);
    });
    return {dx, of_affine};
}

struct Learned : torch::autograd::Function<Learned> {
    static at::Tensor forward(torch::autograd::AutogradContext* context, const at::Tensor& x, const at::Tensor& affine,
                              std::int64_t groups, double eps) {
        return by_type(x, [&](auto type) {
            using T = decltype(type);
            const auto [scales, of_groups] = scales_of<T>(x, {}, affine, groups, eps);
            auto facts = at::empty({x.size(0), groups, 2}, at::kDouble);
            std::memcpy(facts.data_ptr<double>(), of_groups.data(), of_groups.size() * sizeof(Group));
            context->save_for_backward({x, affine, scales.scale, scales.shift, facts});
            context->saved_data["groups"] = groups;
            return activated<T>(x, scales);
        });
    }
    static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context,
                                                   torch::autograd::variable_list slopes) {
        const auto saved = context->get_saved_variables();
        const NormScales scales{saved[2], saved[3]};
        const auto* of_groups = reinterpret_cast<const Group*>(saved[4].data_ptr<double>());
        const auto &x = saved[0], &affine = saved[1];
        const auto dy = slopes[0].contiguous(at::MemoryFormat::ChannelsLast);
        const std::int64_t groups = context->saved_data["groups"].toInt();
        auto [of_x, of_affine] =
            by_type(x, [&](auto type) { return slopes_of<decltype(type)>(x, dy, affine, scales, of_groups, groups); });
        return {of_x, of_affine, {}, {}};
    }
};

}  // namespace

at::Tensor norm_affine_silu(const at::Tensor& x, const at::Tensor& affine, std::int64_t groups, double eps) {
    auto given = affine.to(at::kFloat).contiguous();
    if (at::GradMode::is_enabled()) return Learned::apply(x, given, groups, eps);
    return by_type(x, [&](auto type) {
        using T = decltype(type);
        return activated<T>(x, scales_of<T>(x, {}, given, groups, eps).of_channels);
    });
}

NormScales norm_scales(const Features& x, const Features& beside, const at::Tensor& affine, std::int64_t groups,
                       double eps) {
    auto given = affine.to(at::kFloat).contiguous();
    return by_type(x.x,
                   [&](auto type) { return scales_of<decltype(type)>(x, beside, given, groups, eps).of_channels; });
}

}  // namespace drift
