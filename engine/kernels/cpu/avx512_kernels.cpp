// Compiled for AVX-512: 24 sums, two weights and a value in the 32 registers.
#ifdef __AVX512F__
#include "kernels/cpu/cpu_kernels.h"
#include "kernels/cpu/norm_tiles.h"
#include "kernels/cpu/pointwise_tiles.h"
#include "kernels/cpu/winograd_fp32_tiles.h"

namespace drift::kernels {

using Winograd = WinogradTiles<Sixteen, 2, 12>;
using Pointwise = PointwiseTiles<Sixteen, 2, 12>;
using Normed = NormTiles<Sixteen>;
constexpr CpuKernels avx512_kernels{
    {Winograd::lot, 12, Winograd::conv<float>, Winograd::conv<bf16>, Winograd::weights, Winograd::weight_slopes<float>,
     Winograd::weight_slopes<bf16>, Winograd::gather_weights},
    {Pointwise::lot, Pointwise::at_once, Pointwise::conv<float>, Pointwise::conv<bf16>},
    {Normed::sums<float>, Normed::affine_silu<float>, Normed::slope_sums<float>, Normed::slopes<float>},
    {Normed::sums<bf16>, Normed::affine_silu<bf16>, Normed::slope_sums<bf16>, Normed::slopes<bf16>},
};

}  // namespace drift::kernels
#endif
