#include "model/sampling/denoiser.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <array>
#include <vector>

namespace drift {
namespace {

enum Row { row_in, row_skip, row_out, row_noise, row_context, rows };

at::Tensor wide(const at::Tensor& per_sample) { return per_sample.view({-1, 1, 1, 1}); }

// Frames [B, 3 T, H, W], the older ones as NetworkConfig::recent_frames says.
at::Tensor remembered(const NetworkConfig& config, const at::Tensor& frames) {
    const std::int64_t older = 3 * (config.context_frames - config.recent());
    if (older <= 0) return frames;
    return at::cat({frames.slice(1, 0, older) - frames.slice(1, 3, older + 3), frames.slice(1, older)}, 1);
}

}  // namespace

at::Tensor folded_context(const InnerModel& model, const Preconditioning& p, const at::Tensor& context) {
    return model.folded(remembered(model.config, context) /
                        (p.base == Preconditioning::Base::zero ? p.sigma_data : context_scale));
}

Prediction predict(const InnerModel& model, const Preconditioning& p, const at::Tensor& x, const at::Tensor& c_in,
                   const at::Tensor& cond, const at::Tensor& context, const at::Tensor& previous_frame) {
    using enum Preconditioning::Base;
    const auto input = (p.base == previous ? x - previous_frame : x) * c_in;
    auto said = model.forward_folded(at::cat({context, model.folded(input)}, 1), cond);
    Prediction made{said.f.to(at::kFloat), {}, said.moves};
    if (p.base == previous) made.base = previous_frame;
    if (p.base == moved) made.base = moved_frame(said.moves, previous_frame, model.config.space_to_depth);
    return made;
}

// Where a device's work is recorded to be done again, with other contexts in the same place, nothing may be kept.
at::Tensor NetworkDenoiser::folded(const at::Tensor& context) const {
    if (!context.is_cpu()) return folded_context(model_, preconditioning_, context);
    if (!context.is_same(context_)) context_ = context, folded_ = folded_context(model_, preconditioning_, context);
    return folded_;
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
                   model_.condition(c[row_noise], c[row_context], given.actions), folded(given.context),
                   given.previous);
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
