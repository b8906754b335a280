// SiLU for vectors of any width, see vectors.h.
#pragma once

#include "kernels/cpu/exponential.h"

namespace drift::kernels {
namespace {

template <class Floats>
struct Silu {
    using Vector = typename Floats::Vector;

    // 1 + e^-v, at most 1 + 2^126.
    [[gnu::always_inline]] static Vector one_and_exponential(Vector v) {
        constexpr float log2_e = 1.44269504f;
        Vector t = v * -log2_e;
        t = t > 126.0f ? Vector{} + 126.0f : t;
#ifndef __AVX512F__
        t = t < -126.0f ? Vector{} - 126.0f : t;
#endif
        return power_of_two<Floats>(t) + 1.0f;
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
