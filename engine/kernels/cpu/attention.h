// Scaled dot-product attention (Vaswani et al., arXiv 1706.03762, equation 1) of pixels with each other, by heads of eight channels, in fp32.
#pragma once

#include <cstdint>

#include "kernels/cpu/bf16.h"

namespace drift::kernels {

inline constexpr std::int64_t head_channels = 8;

struct AttentionShape {
    std::int64_t pixels = 0, heads = 0;  // of one picture
};

// The kernel of one CPU code.
struct Attention {
    // y [batch, pixels, heads, 8] = softmax(q k^T / sqrt 8) v of the heads [first, last), counted through the batch. qkv: [batch, pixels, 3, heads, 8].
    // Any division of the heads gives the same bytes.
    void (*heads)(const AttentionShape& shape, const float* qkv, float* y, std::int64_t first, std::int64_t last);
    // The same of pictures in bfloat16: what comes out is rounded once.
    void (*heads16)(const AttentionShape& shape, const bf16* qkv, bf16* y, std::int64_t first, std::int64_t last);
};

}  // namespace drift::kernels
