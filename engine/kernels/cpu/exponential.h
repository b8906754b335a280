// Powers of two for vectors of any width, see vectors.h.
#pragma once

#ifdef __AVX512F__
#include <immintrin.h>
#endif

#include "kernels/cpu/vectors.h"

namespace drift::kernels {
namespace {

// 2^t for -126 <= t <= 126: as 2^k 2^f, k whole, f in [-1/2, 1/2] by the series of 2^f. AVX-512 goes on below, towards zero.
template <class Floats>
[[gnu::always_inline]] inline typename Floats::Vector power_of_two(typename Floats::Vector t) {
    using Vector = typename Floats::Vector;
    constexpr float whole = 12582912.0f;  // 1.5 * 2^23: adding and taking it away rounds
    const Vector k = (t + whole) - whole, f = t - k;
    Vector p = f * 0.000154035304f + 0.00133335581f;
    p = p * f + 0.00961812911f, p = p * f + 0.0555041087f, p = p * f + 0.240226507f, p = p * f + 0.693147181f;
    p = p * f + 1.0f;
#ifdef __AVX512F__
    return (Vector)_mm512_maskz_scalef_ps(0xffff, (__m512)p, (__m512)k);
#else
    using Whole = typename Floats::Whole;
    return (Vector)((Whole)p + (__builtin_convertvector(k, Whole) << 23));
#endif
}

}  // namespace
}  // namespace drift::kernels
