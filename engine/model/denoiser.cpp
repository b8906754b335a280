#include "model/denoiser.h"

#include <torch/torch.h>

namespace drift {

at::Tensor NetworkDenoiser::network_output(const at::Tensor& x, float sigma, float sigma_cond, const Conditioning& given) const {
    auto c = coefficients(preconditioning_, sigma);
    bool around_previous = preconditioning_.base == Preconditioning::Base::previous;
    float scale = around_previous ? context_scale : preconditioning_.sigma_data;
    auto input = at::cat({given.context / scale, (around_previous ? x - given.previous : x) * c.c_in}, 1);
    auto levels = x.new_full({x.size(0)}, c.c_noise), context_levels = x.new_full({x.size(0)}, noise_cond_coefficient(sigma_cond));
    auto cond = model_.condition(levels, context_levels, given.actions);
    return model_.forward(input.to(model_.conv_in.weight.scalar_type()), cond).to(at::kFloat);
}

at::Tensor NetworkDenoiser::denoise(const at::Tensor& x, float sigma, float sigma_cond, const Conditioning& given) const {
    auto c = coefficients(preconditioning_, sigma);
    auto f = network_output(x, sigma, sigma_cond, given);
    if (preconditioning_.base == Preconditioning::Base::previous) return given.previous + (x - given.previous) * c.c_skip + f * c.c_out;
    return x * c.c_skip + f * c.c_out;
}

}  // namespace drift
