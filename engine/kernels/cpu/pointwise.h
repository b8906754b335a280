// Convolutions of 1 x 1 pixels, and of 3 x 3 around every second one, with products in fp32.
#pragma once

#include <cstdint>

#include "kernels/cpu/bf16.h"
#include "kernels/cpu/pictures.h"

namespace drift::kernels {

struct PointwiseShape {
    std::int64_t in = 0, out = 0;
    // Of a picture of x, where a pixel of y is the sum over 3 x 3 of them, with zeros around: of every second one on every second line, the first ones
    // included. 0: where it sees its own alone.
    std::int64_t height = 0, width = 0;
    bool halves() const { return height > 0; }
    std::int64_t seen() const { return (halves() ? 9 : 1) * in; }  // numbers
};

// The kernel of one CPU code. Any number of channels; weights are laid out for the code that reads them: [out / lot, seen, lot], filled up with zeros, of
// windows line by line and pixel by pixel.
struct Pointwise32 {
    std::int64_t lot;      // output channels that are summed together
    std::int64_t at_once;  // pixels that are worth a thread
    // y = x u + bias + residual of a part: of pixels of x, counted through the batch, and of y [pixels, out]. x is read as it is. bias: [out]
    // filled up to a multiple of lot. residual: as y, or null. u and bias lie at multiples of 64 bytes.
    void (*conv)(const PointwiseShape& shape, const ConvPart& part, const Pictures<float>& x, const float* u,
                 const float* bias, const float* residual, float* y);
    // The same of pictures in bfloat16: what comes out is rounded once.
    void (*conv16)(const PointwiseShape& shape, const ConvPart& part, const Pictures<bf16>& x, const float* u,
                   const float* bias, const bf16* residual, bf16* y);
    // The same of weights in bfloat16, too: half as much to read.
    void (*conv16_narrow)(const PointwiseShape& shape, const ConvPart& part, const Pictures<bf16>& x, const bf16* u,
                          const float* bias, const bf16* residual, bf16* y);
};

}  // namespace drift::kernels
