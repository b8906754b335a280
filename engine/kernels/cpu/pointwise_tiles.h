// The work of pointwise.h, see vectors.h.
#pragma once

#include "kernels/cpu/lines.h"
#include "kernels/cpu/pointwise.h"
#include "kernels/cpu/products.h"
#include "kernels/cpu/room.h"

namespace drift::kernels {
namespace {

// See Products.
template <class Floats, int Wide, int Group>
struct PointwiseTiles : Products<Floats, Wide, Group> {
    using Base = Products<Floats, Wide, Group>;
    using Base::lanes, Base::load, Base::lot, Base::multiply, Base::store;
    using typename Base::Vector;
    static constexpr std::int64_t at_once = 8 * Group;

    // Rows of floats: where they are, or put together in `room`.
    template <class T>
    static const float* rows(const Pictures<T>& x, std::int64_t first, std::int64_t count, Room& room) {
        if constexpr (sizeof(T) == sizeof(float))
            if (!x.beside) return x.x + first * x.in;
        float* to = room.hold(count * x.in);
        Lines<Floats>::read(x, 0, first, count, x.in, to);
        return to;
    }

    template <class T>
    static void conv(const PointwiseShape& shape, const Pictures<T>& x, const float* u, const float* bias,
                     const T* residual, T* y, std::int64_t first, std::int64_t last) {
        const auto [in, out] = shape;
        thread_local Room inputs, products;
        float* m = products.hold(at_once * lot);
        for (std::int64_t from = first; from < last; from += at_once) {
            const std::int64_t pixels = last - from < at_once ? last - from : at_once;
            const float* v = rows(x, from, pixels, inputs);
            for (std::int64_t o = 0; o < out; o += lot) {
                multiply(pixels, v, in, u + o * in, m, in);
                for (std::int64_t c = 0; c < lot && o + c < out; c += lanes) {
                    const Vector b = load(bias + o + c);
                    const std::int64_t here = out - o - c;
                    for (std::int64_t t = 0; t < pixels; ++t) {
                        const std::int64_t at = (from + t) * out + o + c;
                        const Vector value = load(m + t * lot + c) + b;
                        store(y + at, residual ? value + load(residual + at, here) : value, here);
                    }
                }
            }
        }
    }
};

}  // namespace
}  // namespace drift::kernels
