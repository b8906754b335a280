#include "kernels/cpu/cpu_code.h"

#include <array>
#include <atomic>

namespace drift::kernels {
namespace {

CpuCode look() {
#if defined(__x86_64__) && defined(__GNUC__)
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
        __builtin_cpu_supports("avx512vl"))
        return CpuCode::avx512;
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return CpuCode::avx2;
#endif
    return CpuCode::plain;
}

std::atomic<CpuCode>& in_use() {
    static std::atomic<CpuCode> code = best_cpu_code();
    return code;
}

}  // namespace

std::string_view name_of(CpuCode code) {
    return std::array<std::string_view, 3>{"plain", "avx2", "avx512"}[static_cast<std::size_t>(code)];
}

CpuCode best_cpu_code() {
    static const CpuCode best = look();
    return best;
}

CpuCode cpu_code() { return in_use(); }

bool use_cpu_code(CpuCode code) {
    if (code > best_cpu_code()) return false;
    in_use() = code;
    return true;
}

}  // namespace drift::kernels
