// All kernels of one CPU code. Only for the file that is compiled for it, see vectors.h.
#pragma once

#include "kernels/cpu/attention_tiles.h"
#include "kernels/cpu/cpu_kernels.h"
#include "kernels/cpu/norm_tiles.h"
#include "kernels/cpu/pointwise_tiles.h"
#include "kernels/cpu/winograd_fp32_tiles.h"

namespace drift::kernels {
namespace {

// See Products.
template <class Floats, int Wide, int Group>
constexpr CpuKernels code_kernels() {
    using Winograd = WinogradTiles<Floats, Wide, Group>;
    using Pointwise = PointwiseTiles<Floats, Wide, Group>;
    using Normed = NormTiles<Floats>;
    using Asked = AttentionTiles<Floats>;
    return {
        {Winograd::lot, Group, Winograd::template conv<float>, Winograd::template conv<bf16>, Winograd::weights,
         Winograd::template weight_slopes<float>, Winograd::template weight_slopes<bf16>, Winograd::gather_weights},
        {Pointwise::lot, Pointwise::at_once, Pointwise::template conv<float, float>,
         Pointwise::template conv<bf16, float>, Pointwise::template conv<bf16, bf16>},
        {Normed::template sums<float>, Normed::template affine_silu<float>, Normed::template slope_sums<float>,
         Normed::template slopes<float>},
        {Normed::template sums<bf16>, Normed::template affine_silu<bf16>, Normed::template slope_sums<bf16>,
         Normed::template slopes<bf16>},
        {Asked::template heads<float>, Asked::template heads<bf16>},
    };
}

}  // namespace
}  // namespace drift::kernels
