// Convolutions of 3 x 3 pixels with products in fp32 by Winograd's minimal filtering, F(4 x 4, 3 x 3) (Lavin and Gray, arXiv 1509.09308, section
// 4.3): a tile of 4 x 4 outputs takes 36 products for a pair of channels where the sum over the window takes 144. The polynomials are taken at 0, +-3/4,
// +-3/2 and infinity instead of the paper's 0, +-1, +-2: every factor is exact, and the error is about twice that of the plain sum, not four to five times.
#pragma once

#include <cstdint>

#include "kernels/cpu/bf16.h"
#include "kernels/cpu/pictures.h"
#include "kernels/cpu/winograd.h"

namespace drift::kernels {

// The kernel of one CPU code. Any number of channels; weights are laid out for the code that reads them.
struct Winograd32 {
    // Output channels that are summed together; the transformed weights are filled up to a multiple with zeros.
    std::int64_t lot;
    std::int64_t group;  // tiles that are multiplied together: what is worth a thread
    // y = conv(x) + bias + residual of a part: of rows of tiles, counted down, then through the batch. bias: [out] filled up to a multiple of lot. residual: as y, or null. sums: of each row of tiles
    // those of y and of its squares in each channel, [rows, 2, out]; or null. u and bias lie at multiples of 64 bytes.
    void (*conv)(const WinogradShape& shape, const ConvPart& part, const Pictures<float>& x, const float* u,
                 const float* bias, const float* residual, float* y, double* sums);
    // The same of pictures in bfloat16: what comes out is rounded once.
    void (*conv16)(const WinogradShape& shape, const ConvPart& part, const Pictures<bf16>& x, const float* u,
                   const float* bias, const bf16* residual, bf16* y, double* sums);
    // u = G g G^T in the order that conv reads, [out / lot, 36, in, lot]: of one lot, `count` channels of it there are, and of the input
    // channels [first, last). weight: of the lot's first output channel; o_step, i_step: floats from one output or input channel's window to the
    // next one's. turned: each window by half a turn, as the gradient of x is a convolution of that of y. In double, rounded once.
    void (*weights)(const float* weight, std::int64_t o_step, std::int64_t i_step, bool turned, std::int64_t count,
                    std::int64_t in, std::int64_t first, std::int64_t last, float* u);
    // The gradient of u, as u lies: adds to du what the rows of tiles [first, last) say, of x and of the gradient dy of y. G^T du G is the weight's.
    void (*weight_slopes)(const WinogradShape& shape, const Pictures<float>& x, const float* dy, float* du,
                          std::int64_t first, std::int64_t last);
    void (*weight_slopes16)(const WinogradShape& shape, const Pictures<bf16>& x, const bf16* dy, float* du,
                            std::int64_t first, std::int64_t last);
    // That G^T du G, of one lot: to weight, as for weights().
    void (*gather_weights)(const float* du, std::int64_t o_step, std::int64_t i_step, std::int64_t count,
                           std::int64_t in, float* weight);
    std::int64_t lots(std::int64_t out) const { return (out + lot - 1) / lot; }
};

}  // namespace drift::kernels
