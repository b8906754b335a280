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

Prediction predict(const InnerModel& model, const Preconditioning& p, const at::Tensor& x, const at::Tensor& c_in, const at::Tensor& cond, const Conditioning& given) {
    using enum Preconditioning::Base;
    float scale = p.base == zero ? p.sigma_data : context_scale;
    auto input = at::cat({given.context / scale, (p.base == previous ? x - given.previous : x) * c_in}, 1);
    auto said = model.forward(input.to(model.conv_in.weight.scalar_type()), cond);
    Prediction made{said.f.to(at::kFloat), {}};
    if (p.base == previous) made.base = given.previous;
    if (p.base == moved) made.base = moved_frame(said.moves, given.previous, model.config.space_to_depth);
    return made;
}

Prediction NetworkDenoiser::predicted(const at::Tensor& x, std::span<const NoiseLevel> levels, const Conditioning& given) const {
    const auto& p = preconditioning_;
    auto c_in = per_sample(x, levels, true, [&](NoiseLevel at) { return coefficients(p, at.sigma).c_in; });
    auto c_noise = per_sample(x, levels, false, [&](NoiseLevel at) { return coefficients(p, at.sigma).c_noise; });
    auto c_context = per_sample(x, levels, false, [&](NoiseLevel at) { return noise_cond_coefficient(at.sigma_cond); });
    return predict(model_, p, x, c_in, model_.condition(c_noise, c_context, given.actions), given);
}

at::Tensor NetworkDenoiser::denoise(const at::Tensor& x, std::span<const NoiseLevel> levels, const Conditioning& given) const {
    const auto& p = preconditioning_;
    auto c_skip = per_sample(x, levels, true, [&](NoiseLevel at) { return coefficients(p, at.sigma).c_skip; });
    auto c_out = per_sample(x, levels, true, [&](NoiseLevel at) { return coefficients(p, at.sigma).c_out; });
    auto [f, base] = predicted(x, levels, given);
    if (base.defined()) return base + (x - base) * c_skip + f * c_out;
    return x * c_skip + f * c_out;
}

}  // namespace drift
