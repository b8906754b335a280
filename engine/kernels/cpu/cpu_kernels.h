// All kernels of one CPU code, compiled in a file of its own.
#pragma once

#include "kernels/cpu/attention.h"
#include "kernels/cpu/cpu_code.h"
#include "kernels/cpu/norm.h"
#include "kernels/cpu/pointwise.h"
#include "kernels/cpu/winograd_fp32.h"

namespace drift::kernels {

struct CpuKernels {
    Winograd32 winograd;
    Pointwise32 pointwise;
    Norm<float> norm32;
    Norm<bf16> norm16;
    Attention attention;
};

extern const CpuKernels avx2_kernels, avx512_kernels,
    avx512_bf16_kernels;  // there only where the compiler makes code for x86-64
// Of the code in use (cpu_code()); null for `plain`.
const CpuKernels* cpu_kernels();

}  // namespace drift::kernels
