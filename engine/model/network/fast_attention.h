// Attention of pixels with each other by our own kernel, for LibTorch's tensors on the CPU.
#pragma once

#include <ATen/core/Tensor.h>

namespace drift {

// softmax(q k^T / sqrt 8) v by heads of eight channels. qkv [B, 3 C, H, W], bf16 or fp32: the channels of all queries, of all keys, of all values.
// -> [B, C, H, W], channels-last. The same for any number of threads. Needs cpu_kernels(); not for gradients.
at::Tensor attention_of_heads(const at::Tensor& qkv);

}  // namespace drift
