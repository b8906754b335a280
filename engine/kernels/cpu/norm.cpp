#include "kernels/cpu/norm.h"

#include <algorithm>
#include <bit>

// The same loops compiled for CPUs with and without the wide vectors; which one runs is decided when it is called.
#if defined(__x86_64__) && defined(__GNUC__)
#define DRIFT_WIDE __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,fma")))
#define DRIFT_AVX2 __attribute__((target("avx2,fma")))
#endif

namespace drift::kernels {
namespace {

constexpr std::int64_t block = 256;  // pixels whose sums are kept in fp32

// v / (1 + e^-v), within 1e-6 of its size: e^-v as 2^k 2^f, k whole, f in [-1/2, 1/2] by the series of 2^f.
[[gnu::always_inline]] inline float silu(float v) {
    constexpr float log2_e = 1.44269504f, whole = 12582912.0f;  // 1.5 * 2^23: adding and taking it away rounds
    float t = -v * log2_e;
    t = t < -126.0f ? -126.0f : t > 126.0f ? 126.0f : t;
    float k = (t + whole) - whole, f = t - k;
    float p = 1.0f + f * (0.693147181f +
                          f * (0.240226507f + f * (0.0555041087f +
                                                   f * (0.00961812911f + f * (0.00133335581f + f * 0.000154035304f)))));
    float e = std::bit_cast<float>(std::bit_cast<std::int32_t>(p) + (static_cast<std::int32_t>(k) << 23));
    return v / (1.0f + e);
}

[[gnu::always_inline]] inline void sums_body(const bf16* x, std::int64_t first, std::int64_t last,
                                             std::int64_t channels, double* sum, double* square) {
    float s[most_channels], q[most_channels];
    for (std::int64_t from = first; from < last; from += block) {
        const std::int64_t to = std::min(last, from + block);
        std::fill(s, s + channels, 0.0f), std::fill(q, q + channels, 0.0f);
        for (std::int64_t pixel = from; pixel < to; ++pixel) {
            const bf16* row = x + pixel * channels;
            for (std::int64_t c = 0; c < channels; ++c) {
                float value = wide(row[c]);
                s[c] += value, q[c] += value * value;
            }
        }
        for (std::int64_t c = 0; c < channels; ++c) sum[c] += s[c], square[c] += q[c];
    }
}

[[gnu::always_inline]] inline void silu_body(const bf16* x, bf16* y, std::int64_t first, std::int64_t last,
                                             std::int64_t channels, const float* scale, const float* shift) {
    for (std::int64_t pixel = first; pixel < last; ++pixel) {
        const bf16* from = x + pixel * channels;
        bf16* to = y + pixel * channels;
        for (std::int64_t c = 0; c < channels; ++c) to[c] = narrow(silu(wide(from[c]) * scale[c] + shift[c]));
    }
}

#ifdef DRIFT_WIDE
DRIFT_WIDE void sums_wide(const bf16* x, std::int64_t first, std::int64_t last, std::int64_t channels, double* sum,
                          double* square) {
    sums_body(x, first, last, channels, sum, square);
}
DRIFT_AVX2 void sums_avx2(const bf16* x, std::int64_t first, std::int64_t last, std::int64_t channels, double* sum,
                          double* square) {
    sums_body(x, first, last, channels, sum, square);
}
DRIFT_WIDE void silu_wide(const bf16* x, bf16* y, std::int64_t first, std::int64_t last, std::int64_t channels,
                          const float* scale, const float* shift) {
    silu_body(x, y, first, last, channels, scale, shift);
}
DRIFT_AVX2 void silu_avx2(const bf16* x, bf16* y, std::int64_t first, std::int64_t last, std::int64_t channels,
                          const float* scale, const float* shift) {
    silu_body(x, y, first, last, channels, scale, shift);
}
const bool has_wide = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
const bool has_avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
#endif

}  // namespace

void channel_sums(const bf16* x, std::int64_t first, std::int64_t last, std::int64_t channels, double* sum,
                  double* square) {
#ifdef DRIFT_WIDE
    if (has_wide) return sums_wide(x, first, last, channels, sum, square);
    if (has_avx2) return sums_avx2(x, first, last, channels, sum, square);
#endif
    sums_body(x, first, last, channels, sum, square);
}

void affine_silu(const bf16* x, bf16* y, std::int64_t first, std::int64_t last, std::int64_t channels,
                 const float* scale, const float* shift) {
#ifdef DRIFT_WIDE
    if (has_wide) return silu_wide(x, y, first, last, channels, scale, shift);
    if (has_avx2) return silu_avx2(x, y, first, last, channels, scale, shift);
#endif
    silu_body(x, y, first, last, channels, scale, shift);
}

}  // namespace drift::kernels
