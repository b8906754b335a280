// The work of norm.h for vectors of any width, see vectors.h.
#pragma once

#include "kernels/cpu/norm.h"
#include "kernels/cpu/silu.h"

namespace drift::kernels {
namespace {

template <class Floats>
struct NormTiles : Memory<Floats> {
    using typename Memory<Floats>::Vector;
    using Memory<Floats>::lanes, Memory<Floats>::load, Memory<Floats>::store;
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
                                 dz = load(dy + pixel * channels + c, here) * Silu<Floats>::slope(v * a + b);
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
                const Vector dz = load(dy + at, here) * Silu<Floats>::slope(v * a + load(shift + c, here));
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
                store(y + at, Silu<Floats>::silu(v), here);
            }
    }
};

}  // namespace
}  // namespace drift::kernels
