// SiLU for vectors of any width, see vectors.h.
#pragma once

#ifdef __AVX512F__
#include <immintrin.h>
#endif

#include "kernels/cpu/vectors.h"

namespace drift::kernels {
namespace {

template <class Floats>
struct Silu {
    using Vector = typename Floats::Vector;
    using Whole = typename Floats::Whole;

    // 1 + e^-v: e^-v as 2^k 2^f, k whole, f in [-1/2, 1/2] by the series of 2^f. At most 1 + 2^126.
    [[gnu::always_inline]] static Vector one_and_exponential(Vector v) {
        constexpr float log2_e = 1.44269504f, whole = 12582912.0f;  // 1.5 * 2^23: adding and taking it away rounds
        Vector t = v * -log2_e;
        t = t > 126.0f ? Vector{} + 126.0f : t;
#ifndef __AVX512F__
        t = t < -126.0f ? Vector{} - 126.0f : t;
#endif
        const Vector k = (t + whole) - whole, f = t - k;
        Vector p = f * 0.000154035304f + 0.00133335581f;
        p = p * f + 0.00961812911f, p = p * f + 0.0555041087f, p = p * f + 0.240226507f, p = p * f + 0.693147181f;
        p = p * f + 1.0f;
#ifdef __AVX512F__
        return (Vector)_mm512_maskz_scalef_ps(0xffff, (__m512)p, (__m512)k) + 1.0f;
#else
        return (Vector)((Whole)p + (__builtin_convertvector(k, Whole) << 23)) + 1.0f;
#endif
    }
    // v / (1 + e^-v), within 1e-6 of its size.
    [[gnu::always_inline]] static Vector silu(Vector v) { return quotient(v, one_and_exponential(v)); }
    [[gnu::always_inline]] static Vector slope(Vector v) {
        const Vector s = 1.0f / one_and_exponential(v);
        return s * (1.0f + v * (1.0f - s));
    }

private:
    // For 1 <= b <= 2^127: a reciprocal of 14 bits and a step of Newton's take half as long as a division where vectors are wide.
    [[gnu::always_inline]] static Vector quotient(Vector a, Vector b) {
#ifdef __AVX512F__
        const Vector r = (Vector)_mm512_maskz_rcp14_ps(0xffff, (__m512)b);
        return a * (r * (2.0f - b * r));
#else
        return a / b;
#endif
    }
};

}  // namespace
}  // namespace drift::kernels
