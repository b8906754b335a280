// Operators that our own kernels do in one, for LibTorch's tensors.
#pragma once

#include <ATen/core/Tensor.h>

namespace drift {

// silu(group_norm(x) (1 + scale) + shift): x [B, C, H, W] bf16 on the CPU, channels-last; affine [B, 2 C]: scale, then shift, of any floating
// type. fp32 inside. Divided among threads by pixels; the sums are the same for any number of threads but for the last bits of a double.
at::Tensor norm_affine_silu(const at::Tensor& x, const at::Tensor& affine, std::int64_t groups, double eps);

}  // namespace drift
