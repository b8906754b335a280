// Convolutions of 3 x 3 pixels in bfloat16 by Winograd's minimal filtering, F(2 x 2, 3 x 3) (Lavin and Gray, "Fast algorithms for convolutional
// neural networks", arXiv 1509.09308, section 4.1): a tile of 2 x 2 outputs takes 16 products for a pair of channels where the sum over the
// window takes 36. Transforms and sums are in fp32; what is multiplied is rounded to bfloat16 once more than by the plain way.
#pragma once

#include <cstdint>

#include "kernels/cpu/bf16.h"
#include "kernels/cpu/pictures.h"

namespace drift::kernels {

// A convolution of stride 1 with zeros around, of pictures [batch, height, width, in], channels beside each other, to [batch, height, width, out].
struct WinogradShape {
    std::int64_t batch = 1, height = 0, width = 0, in = 0, out = 0;
    // Of tiles of side x side outputs: 2 here, 4 in winograd_fp32.h.
    std::int64_t across(std::int64_t side) const { return (width + side - 1) / side; }
    std::int64_t down(std::int64_t side) const { return (height + side - 1) / side; }
    std::int64_t tiles(std::int64_t side) const { return batch * down(side) * across(side); }
};

// Products of bfloat16 in vectors (AVX512_BF16), and none of matrices (AMX), by which the plain way is faster still.
bool has_bf16_products();
// Whether this CPU makes them at twice the rate of fp32's. Where it does not, as on Intel's, winograd_fp32.h takes fewer of them: DIAMOND's Atari
// network, a convolution of 64 channels, was measured at 1.7 times the speed.
bool has_quick_bf16_products();
inline constexpr std::int64_t winograd_lot = 32;    // in and out are multiples of it
inline constexpr std::int64_t winograd_group = 12;  // tiles that are worth a thread; multiplied together

// u = G g G^T in the order that winograd_conv reads, [out / 32, 16, in / 2, 32, 2], of the output channels [first, last). weight: [out, in, 3, 3].
void winograd_weights(const float* weight, std::int64_t in, std::int64_t first, std::int64_t last, bf16* u);

// y = conv(x) + bias + residual of a part: of rows of tiles, counted down, then through the batch. residual: as y, or null. sums: as of Winograd32. u and bias lie at multiples of 64 bytes. Needs
// has_bf16_products().
void winograd_conv(const WinogradShape& shape, const ConvPart& part, const Pictures<bf16>& x, const bf16* u,
                   const float* bias, const bf16* residual, bf16* y, double* sums);

}  // namespace drift::kernels
