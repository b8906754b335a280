#include "model/denoiser.h"

#include <torch/torch.h>

#include <vector>

namespace drift {
namespace {

// One coefficient of each sample on x's device, of shape [B, 1, 1, 1], or [B]. Computed on the host: nothing waits for the device.
template <class Of>
at::Tensor per_sample(const at::Tensor& x, std::span<const NoiseLevel> levels, bool wide, Of of) {
    std::vector<float> values;
    for (const NoiseLevel& level : levels) values.push_back(of(level));
    auto tensor = at::tensor(values).to(x.device());
    return wide ? tensor.view({-1, 1, 1, 1}) : tensor;
}

}  // namespace

at::Tensor NetworkDenoiser::network_output(const at::Tensor& x, std::span<const NoiseLevel> levels, const Conditioning& given) const {
    const auto& p = preconditioning_;
    bool around_previous = p.base == Preconditioning::Base::previous;
    float scale = around_previous ? context_scale : p.sigma_data;
    auto c_in = per_sample(x, levels, true, [&](NoiseLevel at) { return coefficients(p, at.sigma).c_in; });
    auto c_noise = per_sample(x, levels, false, [&](NoiseLevel at) { return coefficients(p, at.sigma).c_noise; });
    auto c_context = per_sample(x, levels, false, [&](NoiseLevel at) { return noise_cond_coefficient(at.sigma_cond); });
    auto input = at::cat({given.context / scale, (around_previous ? x - given.previous : x) * c_in}, 1);
    return model_.forward(input.to(model_.conv_in.weight.scalar_type()), model_.condition(c_noise, c_context, given.actions)).to(at::kFloat);
}

at::Tensor NetworkDenoiser::denoise(const at::Tensor& x, std::span<const NoiseLevel> levels, const Conditioning& given) const {
    const auto& p = preconditioning_;
    auto c_skip = per_sample(x, levels, true, [&](NoiseLevel at) { return coefficients(p, at.sigma).c_skip; });
    auto c_out = per_sample(x, levels, true, [&](NoiseLevel at) { return coefficients(p, at.sigma).c_out; });
    auto f = network_output(x, levels, given);
    if (p.base == Preconditioning::Base::previous) return given.previous + (x - given.previous) * c_skip + f * c_out;
    return x * c_skip + f * c_out;
}

}  // namespace drift
