// Normalisation, affine and SiLU of bfloat16 pictures with one read for the sums and one for the rest: between two convolutions of a U-Net the
// same takes three passes by general operators, each rounding to bfloat16. Plain pointers, vector code behind a look at the CPU.
#pragma once

#include <cstdint>

#include "kernels/cpu/bf16.h"

namespace drift::kernels {

inline constexpr std::int64_t most_channels = 4096;

// x: pixels [first, last) of a picture [pixels, channels], channels beside each other (NHWC). At most most_channels. Adds the sum and
// the sum of squares of each channel to sum and square [channels].
void channel_sums(const bf16* x, std::int64_t first, std::int64_t last, std::int64_t channels, double* sum,
                  double* square);

// y = silu(x scale + shift) for those pixels; scale, shift [channels]. Computed in fp32, rounded once, to the nearest, ties to even; NaN stays
// NaN. y may be x.
void affine_silu(const bf16* x, bf16* y, std::int64_t first, std::int64_t last, std::int64_t channels,
                 const float* scale, const float* shift);

}  // namespace drift::kernels
