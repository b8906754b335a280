// EDM preconditioning with DIAMOND's offset-noise term, around zero or around the previous frame.
#pragma once

#include <ATen/core/Tensor.h>

namespace drift {

struct Preconditioning {
    // zero: D = c_skip x + c_out F(c_in x), DIAMOND's. previous: the same of x - p, p the previous frame: what stands still costs nothing.
    // moved: D = b + c_skip (x - b) + c_out F(c_in x), b the previous frame as the network moves it: what scrolls costs nothing either.
    enum class Base { zero, previous, moved };
    Base base = Base::zero;
    float sigma_data = 0.5f;  // standard deviation of x0, or of x0 - p
    float sigma_offset = 0.3f;
    // truncate is the reference's conversion to bytes; nearest does not darken still pixels by a level a step.
    enum class Rounding { truncate, nearest };
    Rounding rounding = Rounding::truncate;
    bool operator==(const Preconditioning&) const = default;
};

// The context is divided by this before it enters the network; DIAMOND's sigma_data.
inline constexpr float context_scale = 0.5f;

struct Coefficients {
    float c_in, c_skip, c_out, c_noise;
};

// Karras et al. 2022, table 1, with s^2 = sigma^2 + sigma_offset^2 in place of sigma^2 (diamond's denoiser).
Coefficients coefficients(const Preconditioning& p, float sigma);
// ln(sigma_cond) / 4, and 0 where there is no context noise.
float noise_cond_coefficient(float sigma_cond);

struct CoefficientTensors {
    at::Tensor c_in, c_skip, c_out;  // [B, 1, 1, 1]
    at::Tensor c_noise;              // [B]
};
// The same of sigma [B], for training.
CoefficientTensors coefficients(const Preconditioning& p, const at::Tensor& sigma);

// x / by, rounded once: on a GPU LibTorch would multiply by a rounded 1 / by where `by` is a number of the host.
at::Tensor divided(const at::Tensor& x, float by);

// D in [-1, 1] as whole byte levels: clamp, level = trunc or round of (d + 1)/2*255, back.
at::Tensor quantise(const at::Tensor& d, Preconditioning::Rounding rounding);

}  // namespace drift
