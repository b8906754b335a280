#include "model/sampling/precondition.h"

#include <ATen/ATen.h>

#include <cmath>

namespace drift {

Coefficients coefficients(const Preconditioning& p, float sigma) {
    float s = std::sqrt(sigma * sigma + p.sigma_offset * p.sigma_offset);
    float data = p.sigma_data * p.sigma_data;
    float c_skip = data / (data + s * s);
    return {1 / std::sqrt(data + s * s), c_skip, s * std::sqrt(c_skip), std::log(s) / 4};
}

float noise_cond_coefficient(float sigma_cond) { return sigma_cond > 0 ? std::log(sigma_cond) / 4 : 0.0f; }

CoefficientTensors coefficients(const Preconditioning& p, const at::Tensor& sigma) {
    auto s = (sigma * sigma + p.sigma_offset * p.sigma_offset).sqrt();
    float data = p.sigma_data * p.sigma_data;
    auto sum = s * s + data;
    auto c_skip = data / sum;
    auto wide = [](const at::Tensor& t) { return t.view({-1, 1, 1, 1}); };
    return {wide(1 / sum.sqrt()), wide(c_skip), wide(s * c_skip.sqrt()), s.log() / 4};
}

at::Tensor divided(const at::Tensor& x, float by) {
    return x.is_cpu() ? x.div(by) : x.div(at::full({}, by, x.options()));
}

at::Tensor quantise(const at::Tensor& d, Preconditioning::Rounding rounding) {
    auto level = (d.clamp(-1, 1) + 1).div(2).mul(255);
    level = rounding == Preconditioning::Rounding::nearest ? level.round() : level.trunc();
    return divided(level, 255).mul(2).sub(1);
}

}  // namespace drift
