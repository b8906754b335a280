#include "kernels/cpu/cpu_kernels.h"

namespace drift::kernels {

const CpuKernels* cpu_kernels() {
#if defined(__x86_64__) && defined(__GNUC__)
    switch (cpu_code()) {
        case CpuCode::plain: return nullptr;
        case CpuCode::avx2: return &avx2_kernels;
        case CpuCode::avx512: {
            static const bool rounds = __builtin_cpu_supports("avx512bf16");
            return rounds ? &avx512_bf16_kernels : &avx512_kernels;
        }
    }
#endif
    return nullptr;
}

}  // namespace drift::kernels
