// Compiled for AVX2 and FMA: 12 sums, two weights and a value in the 16 registers.
#ifdef __AVX2__
#include "kernels/cpu/code_kernels.h"

namespace drift::kernels {

constexpr CpuKernels avx2_kernels = code_kernels<Eight, 2, 6>();

}  // namespace drift::kernels
#endif
