// Compiled for AVX-512: 24 sums, two weights and a value in the 32 registers.
#ifdef __AVX512F__
#include "kernels/cpu/code_kernels.h"

namespace drift::kernels {

constexpr CpuKernels avx512_kernels = code_kernels<Sixteen, 2, 12>();

}  // namespace drift::kernels
#endif
