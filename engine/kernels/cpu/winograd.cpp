#include "kernels/cpu/winograd.h"

#include "kernels/cpu/cpu_code.h"

#if defined(__x86_64__) && defined(__GNUC__)
#include <cpuid.h>
#endif

namespace drift::kernels {

void winograd_weights(const float* weight, std::int64_t in, std::int64_t first, std::int64_t last, bf16* u) {
    constexpr std::int64_t positions = 16, lot = winograd_lot;  // of a tile of 4 x 4 inputs
    constexpr float half = 0.5f;
    auto spread = [](const float* g, std::int64_t step, float* to, std::int64_t to_step) {  // G g
        float a = g[0], b = g[step], c = g[2 * step];
        to[0] = a, to[to_step] = half * (a + b + c), to[2 * to_step] = half * (a - b + c), to[3 * to_step] = c;
    };
    for (std::int64_t o = first; o < last; ++o)
        for (std::int64_t i = 0; i < in; ++i) {
            float rows[12], tile[16];
            for (int x = 0; x < 3; ++x) spread(weight + (o * in + i) * 9 + x, 3, rows + x, 3);
            for (int y = 0; y < 4; ++y) spread(rows + 3 * y, 1, tile + 4 * y, 1);
            for (std::int64_t k = 0; k < positions; ++k)
                u[(((o / lot * positions + k) * (in / 2) + i / 2) * lot + o % lot) * 2 + i % 2] = narrow(tile[k]);
        }
}

#if defined(__x86_64__) && defined(__GNUC__)
namespace {

bool has_matrices() {
    unsigned a = 0, b = 0, c = 0, d = 0;
    return __get_cpuid_count(7, 0, &a, &b, &c, &d) && (d >> 22 & 1);  // AMX-BF16
}

}  // namespace

bool has_bf16_products() {
    static const bool has = __builtin_cpu_supports("avx512bf16") && !has_matrices();
    return has && cpu_code() == CpuCode::avx512;
}

bool has_quick_bf16_products() { return has_bf16_products() && __builtin_cpu_is("amd"); }
#else
bool has_bf16_products() { return false; }
bool has_quick_bf16_products() { return false; }
void winograd_conv(const WinogradShape&, const ConvPart&, const Pictures<bf16>&, const bf16*, const float*, const bf16*,
                   bf16*, double*) {}
#endif

}  // namespace drift::kernels
