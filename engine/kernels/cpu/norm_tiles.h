// The work of norm.h for vectors of any width, see vectors.h.
#pragma once

#include "kernels/cpu/norm.h"
#include "kernels/cpu/vectors.h"

namespace drift::kernels {
namespace {

template <class Floats>
struct NormTiles : Memory<Floats> {
    using typename Memory<Floats>::Vector;
    using Memory<Floats>::lanes, Memory<Floats>::load, Memory<Floats>::store;
    using Whole = typename Floats::Whole;
    static constexpr std::int64_t block = 256;  // pixels whose sums are kept in fp32

    template <class T>
    static void sums(const T* x, std::int64_t first, std::int64_t last, std::int64_t channels, double* sum,
                     double* square) {
        for (std::int64_t c = 0; c < channels; c += 4 * lanes) {
            const std::int64_t here = channels - c;
            for (std::int64_t from = first; from < last; from += block) {
                const std::int64_t to = last < from + block ? last : from + block;
                Vector s[4] = {}, q[4] = {};
                for (std::int64_t pixel = from; pixel < to; ++pixel)
                    for (int k = 0; k < 4; ++k) {
                        if (here <= k * lanes) break;
                        const Vector v = load(x + pixel * channels + c + k * lanes, here - k * lanes);
                        s[k] += v, q[k] += v * v;
                    }
                for (std::int64_t k = 0; k < 4 * lanes && k < here; ++k)
                    sum[c + k] += static_cast<double>(s[k / lanes][k % lanes]),
                        square[c + k] += static_cast<double>(q[k / lanes][k % lanes]);
            }
        }
    }

    // 1 + e^-v: e^-v as 2^k 2^f, k whole, f in [-1/2, 1/2] by the series of 2^f.
    [[gnu::always_inline]] static Vector one_and_exponential(Vector v) {
        constexpr float log2_e = 1.44269504f, whole = 12582912.0f;  // 1.5 * 2^23: adding and taking it away rounds
        Vector t = v * -log2_e;
        t = t < -126.0f ? Vector{} - 126.0f : t;
        t = t > 126.0f ? Vector{} + 126.0f : t;
        const Vector k = (t + whole) - whole, f = t - k;
        Vector p = f * 0.000154035304f + 0.00133335581f;
        p = p * f + 0.00961812911f, p = p * f + 0.0555041087f, p = p * f + 0.240226507f, p = p * f + 0.693147181f;
        p = p * f + 1.0f;
        const auto e = (Vector)((Whole)p + (__builtin_convertvector(k, Whole) << 23));
        return e + 1.0f;
    }

    // v / (1 + e^-v), within 1e-6 of its size.
    [[gnu::always_inline]] static Vector silu(Vector v) { return v / one_and_exponential(v); }
    [[gnu::always_inline]] static Vector silu_slope(Vector v) {
        const Vector s = 1.0f / one_and_exponential(v);
        return s * (1.0f + v * (1.0f - s));
    }

    template <class T>
    static void slope_sums(const T* x, const T* dy, std::int64_t first, std::int64_t last, std::int64_t channels,
                           const float* scale, const float* shift, double* sum, double* product) {
        for (std::int64_t c = 0; c < channels; c += lanes) {
            const std::int64_t here = channels - c;
            const Vector a = load(scale + c, here), b = load(shift + c, here);
            for (std::int64_t from = first; from < last; from += block) {
                const std::int64_t to = last < from + block ? last : from + block;
                Vector s{}, q{};
                for (std::int64_t pixel = from; pixel < to; ++pixel) {
                    const Vector v = load(x + pixel * channels + c, here),
                                 dz = load(dy + pixel * channels + c, here) * silu_slope(v * a + b);
                    s += dz, q += dz * v;
                }
                for (std::int64_t k = 0; k < lanes && k < here; ++k)
                    sum[c + k] += static_cast<double>(s[k]), product[c + k] += static_cast<double>(q[k]);
            }
        }
    }

    template <class T>
    static void slopes(const T* x, const T* dy, T* dx, std::int64_t first, std::int64_t last, std::int64_t channels,
                       const float* scale, const float* shift, const float* slope, const float* offset) {
        for (std::int64_t pixel = first; pixel < last; ++pixel)
            for (std::int64_t c = 0; c < channels; c += lanes) {
                const std::int64_t at = pixel * channels + c, here = channels - c;
                const Vector v = load(x + at, here), a = load(scale + c, here);
                const Vector dz = load(dy + at, here) * silu_slope(v * a + load(shift + c, here));
                store(dx + at, dz * a + v * load(slope + c, here) + load(offset + c, here), here);
            }
    }

    template <class T>
    static void affine_silu(const T* x, T* y, std::int64_t first, std::int64_t last, std::int64_t channels,
                            const float* scale, const float* shift) {
        for (std::int64_t pixel = first; pixel < last; ++pixel)
            for (std::int64_t c = 0; c < channels; c += lanes) {
                const std::int64_t at = pixel * channels + c, here = channels - c;
                const Vector v = load(x + at, here) * load(scale + c, here) + load(shift + c, here);
                store(y + at, silu(v), here);
            }
    }
};

}  // namespace
}  // namespace drift::kernels
