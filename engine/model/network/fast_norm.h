// Normalisation, affine and SiLU in one by our own kernels, for LibTorch's tensors on the CPU where there are cpu_kernels().
#pragma once

#include "model/network/features.h"

namespace drift {

// silu(group_norm(x) (1 + scale) + shift): x [B, C, H, W] bf16 or fp32, channels-last; affine [B, 2 C]: scale, then shift, of any floating
// type. fp32 inside, and the same for any number of threads. Gradients flow back by a kernel, too, where they are wanted.
at::Tensor norm_affine_silu(const at::Tensor& x, const at::Tensor& affine, std::int64_t groups, double eps);

// What that reads x with: silu(x scale + shift), [B, C] in fp32. `beside`: channels that follow on x's, of the same size, in a tensor of their
// own; or undefined. Not for gradients.
struct NormScales {
    at::Tensor scale, shift;
};
NormScales norm_scales(const Features& x, const Features& beside, const at::Tensor& affine, std::int64_t groups,
                       double eps);

}  // namespace drift
