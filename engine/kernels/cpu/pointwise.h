// Convolutions of 1 x 1 pixels, with products in fp32.
#pragma once

#include <cstdint>

#include "kernels/cpu/bf16.h"
#include "kernels/cpu/pictures.h"

namespace drift::kernels {

struct PointwiseShape {
    std::int64_t in = 0, out = 0;
};

// The kernel of one CPU code. Any number of channels; weights are laid out for the code that reads them: [out / lot, in, lot], filled up with zeros.
struct Pointwise32 {
    std::int64_t lot;      // output channels that are summed together
    std::int64_t at_once;  // pixels that are worth a thread
    // y = x u + bias + residual for the pixels [first, last) of x, counted through the batch, and y [pixels, out]. x is read as it is. bias: [out] filled up to a multiple of lot.
    // residual: as y, or null. u and bias lie at multiples of 64 bytes. Any division of the pixels gives the same bytes.
    void (*conv)(const PointwiseShape& shape, const Pictures<float>& x, const float* u, const float* bias,
                 const float* residual, float* y, std::int64_t first, std::int64_t last);
    // The same of pictures in bfloat16: what comes out is rounded once.
    void (*conv16)(const PointwiseShape& shape, const Pictures<bf16>& x, const float* u, const float* bias,
                   const bf16* residual, bf16* y, std::int64_t first, std::int64_t last);
};

}  // namespace drift::kernels
