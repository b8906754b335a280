// Normalisation, affine and SiLU of pictures in bfloat16 or fp32 with one read for the sums and one for the rest: between two convolutions of a
// U-Net the same takes three passes by general operators, each rounding. Plain pointers.
#pragma once

#include <cstdint>

#include "kernels/cpu/bf16.h"

namespace drift::kernels {

// The kernel of one CPU code, for numbers of type T: bf16 or float.
template <class T>
struct Norm {
    // x: pixels [first, last) of a picture [pixels, channels], channels beside each other (NHWC). Adds the sum and the sum of squares of each
    // channel to sum and square [channels].
    void (*sums)(const T* x, std::int64_t first, std::int64_t last, std::int64_t channels, double* sum, double* square);
    // y = silu(x scale + shift) for those pixels; scale, shift [channels]. Computed in fp32, rounded once, to the nearest, ties to even; NaN
    // stays NaN.
    void (*affine_silu)(const T* x, T* y, std::int64_t first, std::int64_t last, std::int64_t channels,
                        const float* scale, const float* shift);
    // With z = x scale + shift and dz = dy silu'(z): adds the sums of dz and of dz x to each channel's sum and product [channels].
    void (*slope_sums)(const T* x, const T* dy, std::int64_t first, std::int64_t last, std::int64_t channels,
                       const float* scale, const float* shift, double* sum, double* product);
    // dx = dz scale + x slope + offset, slope and offset [channels].
    void (*slopes)(const T* x, const T* dy, T* dx, std::int64_t first, std::int64_t last, std::int64_t channels,
                   const float* scale, const float* shift, const float* slope, const float* offset);
};

}  // namespace drift::kernels
