// Compiled for AVX-512 that rounds to bfloat16 by itself.
#ifdef __AVX512BF16__
#include "kernels/cpu/code_kernels.h"

namespace drift::kernels {

constexpr CpuKernels avx512_bf16_kernels = code_kernels<Sixteen, 2, 12>();

}  // namespace drift::kernels
#endif
