// Convolutions of 3 x 3 pixels with products in fp32 by Winograd's minimal filtering, F(4 x 4, 3 x 3) (Lavin and Gray, arXiv 1509.09308, section 4.3): a tile
// of 4 x 4 outputs takes 36 products for a pair of channels where the sum over the window takes 144. The polynomials are taken at 0, +-3/4,
// +-3/2 and infinity instead of the paper's 0, +-1, +-2: every factor is exact, and the error is about twice that of the plain sum, not four to five times.
#pragma once

#include <cstdint>

#include "kernels/cpu/bf16.h"

namespace drift::kernels {

// A convolution of stride 1 with zeros around, of pictures [batch, height, width, in], channels beside each other, to [batch, height, width, out].
struct WinogradShape32 {
    std::int64_t batch = 1, height = 0, width = 0, in = 0, out = 0;
    std::int64_t tiles() const { return batch * ((height + 3) / 4) * ((width + 3) / 4); }
};

// The kernel of one CPU code. Any number of channels; weights are laid out for the code that reads them.
struct Winograd32 {
    std::int64_t
        lot;  // output channels that are summed together; the transformed weights are filled up to a multiple with zeros
    std::int64_t group;  // tiles that are multiplied together: what is worth a thread
    // y = conv(x) + bias + residual for the tiles [first, last), counted along rows, then down, then through the batch. bias: [out] filled
    // up to a multiple of lot. residual: as y, or null. u and bias lie at multiples of 64 bytes. Any division of the tiles gives the same bytes.
    void (*conv)(const WinogradShape32& shape, const float* x, const float* u, const float* bias, const float* residual,
                 float* y, std::int64_t first, std::int64_t last);
    // The same of pictures in bfloat16: what comes out is rounded once.
    void (*conv16)(const WinogradShape32& shape, const bf16* x, const float* u, const float* bias, const bf16* residual,
                   bf16* y, std::int64_t first, std::int64_t last);
    std::int64_t weights(std::int64_t in, std::int64_t out) const { return 36 * in * ((out + lot - 1) / lot * lot); }
};

// u = G g G^T in the order that conv reads, [out / lot, 36, in, lot], of the output channels [first, last), which u has room and zeros for.
// weight: [out, in, 3, 3]. In double, rounded once.
void winograd32_weights(const float* weight, std::int64_t in, std::int64_t first, std::int64_t last, std::int64_t lot,
                        float* u);

}  // namespace drift::kernels
