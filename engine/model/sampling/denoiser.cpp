#include "model/sampling/denoiser.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <array>
#include <vector>

namespace drift {
namespace {

enum Row { row_in, row_skip, row_out, row_noise, row_context, rows };

at::Tensor wide(const at::Tensor& per_sample) { return per_sample.view({-1, 1, 1, 1}); }

}  // namespace

Prediction predict(const InnerModel& model, const Preconditioning& p, const at::Tensor& x, const at::Tensor& c_in,
                   const at::Tensor& cond, const Conditioning& given) {
    using enum Preconditioning::Base;
    float scale = p.base == zero ? p.sigma_data : context_scale;
    auto input = at::cat({given.context / scale, (p.base == previous ? x - given.previous : x) * c_in}, 1);
    auto said = model.forward(input.to(model.type()), cond);
    Prediction made{said.f.to(at::kFloat), {}, said.moves};
    if (p.base == previous) made.base = given.previous;
    if (p.base == moved) made.base = moved_frame(said.moves, given.previous, model.config.space_to_depth);
    return made;
}

// Computed on the host: nothing waits for the device. Where all samples stand at one level nothing is copied to it either.
at::Tensor NetworkDenoiser::coefficients_of(const at::Tensor& x, std::span<const NoiseLevel> levels) const {
    const auto n = static_cast<std::int64_t>(levels.size());
    auto column = [&](const NoiseLevel& at) {
        auto c = coefficients(preconditioning_, at.sigma);
        return std::array<float, rows>{c.c_in, c.c_skip, c.c_out, c.c_noise, noise_cond_coefficient(at.sigma_cond)};
    };
    const auto same = [&](const NoiseLevel& at) {
        return at.sigma == levels.front().sigma && at.sigma_cond == levels.front().sigma_cond;
    };
    if (!x.is_cpu() && std::all_of(levels.begin(), levels.end(), same)) {
        std::vector<at::Tensor> filled;
        for (float value : column(levels.front()))
            filled.push_back(at::full({n}, value, at::TensorOptions(at::kFloat).device(x.device())));
        return at::stack(filled);
    }
    std::vector<float> values(static_cast<std::size_t>(rows * n));
    for (std::int64_t i = 0; i < n; ++i) {
        auto of = column(levels[static_cast<std::size_t>(i)]);
        for (std::int64_t row = 0; row < rows; ++row)
            values[static_cast<std::size_t>(row * n + i)] = of[static_cast<std::size_t>(row)];
    }
    return at::tensor(values).view({rows, n}).to(x.device());
}

Prediction NetworkDenoiser::predicted_with(const at::Tensor& x, const at::Tensor& c, const Conditioning& given) const {
    return predict(model_, preconditioning_, x, wide(c[row_in]),
                   model_.condition(c[row_noise], c[row_context], given.actions), given);
}

Prediction NetworkDenoiser::predicted(const at::Tensor& x, std::span<const NoiseLevel> levels,
                                      const Conditioning& given) const {
    return predicted_with(x, coefficients_of(x, levels), given);
}

at::Tensor NetworkDenoiser::denoise_with(const at::Tensor& x, const at::Tensor& c, const Conditioning& given) const {
    auto [f, base, moves] = predicted_with(x, c, given);
    const auto c_skip = wide(c[row_skip]), c_out = wide(c[row_out]);
    if (base.defined()) return base + (x - base) * c_skip + f * c_out;
    return x * c_skip + f * c_out;
}

at::Tensor NetworkDenoiser::denoise(const at::Tensor& x, std::span<const NoiseLevel> levels,
                                    const Conditioning& given) const {
    return denoise_with(x, coefficients_of(x, levels), given);
}

}  // namespace drift
