// Compiled for AVX2 and FMA: 12 sums, two weights and a value in the 16 registers.
#ifdef __AVX2__
#include "kernels/cpu/cpu_kernels.h"
#include "kernels/cpu/norm_tiles.h"
#include "kernels/cpu/pointwise_tiles.h"
#include "kernels/cpu/winograd_fp32_tiles.h"

namespace drift::kernels {

using Winograd = WinogradTiles<Eight, 2, 6>;
using Pointwise = PointwiseTiles<Eight, 2, 6>;
using Normed = NormTiles<Eight>;
constexpr CpuKernels avx2_kernels{
    {Winograd::lot, 6, Winograd::conv<float>, Winograd::conv<bf16>, Winograd::weights, Winograd::weight_slopes<float>,
     Winograd::weight_slopes<bf16>, Winograd::gather_weights},
    {Pointwise::lot, Pointwise::at_once, Pointwise::conv<float>, Pointwise::conv<bf16>},
    {Normed::sums<float>, Normed::affine_silu<float>, Normed::slope_sums<float>, Normed::slopes<float>},
    {Normed::sums<bf16>, Normed::affine_silu<bf16>, Normed::slope_sums<bf16>, Normed::slopes<bf16>},
};

}  // namespace drift::kernels
#endif
