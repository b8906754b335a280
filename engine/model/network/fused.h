// Operators that our own kernels do in one, for LibTorch's tensors.
#pragma once

#include <ATen/core/Tensor.h>

namespace drift {

// silu(group_norm(x) (1 + scale) + shift): x [B, C, H, W] bf16 on the CPU, channels-last; affine [B, 2 C]: scale, then shift, of any floating
// type. fp32 inside. Divided among threads by pixels; the sums are the same for any number of threads but for the last bits of a double.
at::Tensor norm_affine_silu(const at::Tensor& x, const at::Tensor& affine, std::int64_t groups, double eps);

// A convolution of 3 x 3 and stride 1, zeros around, of bf16 pictures on the CPU (kernels/cpu/winograd.h): the weights are held transformed,
// in 16 numbers for each 9.
class Winograd {
public:
    Winograd() = default;
    // weight [out, in, 3, 3] and bias [out] in fp32: they are rounded after they were transformed.
    Winograd(const at::Tensor& weight, const at::Tensor& bias);
    static bool pays(const at::Tensor& weight);  // on this CPU, for a weight of that shape
    explicit operator bool() const { return weights_.defined(); }
    // x [B, in, H, W] bf16 -> [B, out, H, W] + more, channels-last; more as the output, or undefined. The same for any number of threads.
    at::Tensor operator()(const at::Tensor& x, const at::Tensor& more) const;

private:
    at::Tensor weights_, bias_;
};

}  // namespace drift
