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

    // What the pixels [first, first + count) of y see as rows of floats: where they are, or put together in `room`.
    template <class T>
    static const float* rows(const PointwiseShape& shape, const Pictures<T>& x, std::int64_t first, std::int64_t count,
                             Room& room) {
        if constexpr (sizeof(T) == sizeof(float))
            if (!x.beside && !shape.halves()) return x.x + first * x.in;
        float* to = room.hold(count * shape.seen());
        if (shape.halves())
            for (std::int64_t i = 0; i < count; ++i) window(shape, x, first + i, to + i * shape.seen());
        else Lines<Floats>::read(x, 0, first, count, x.in, to);
        return to;
    }
    template <class T>
    static void window(const PointwiseShape& shape, const Pictures<T>& x, std::int64_t pixel, float* to) {
        const std::int64_t down = (shape.height + 1) / 2, across = (shape.width + 1) / 2,
                           picture = pixel / (down * across), top = pixel / across % down * 2 - 1,
                           left = pixel % across * 2 - 1, begin = left < 0 ? 0 : left,
                           end = left + 3 < shape.width ? left + 3 : shape.width;
        for (std::int64_t i = 0; i < 3; ++i, to += 3 * x.in) {
            const bool inside = top + i >= 0 && top + i < shape.height;
            if (!inside || end - begin < 3) std::memset(to, 0, static_cast<std::size_t>(3 * x.in) * sizeof(float));
            if (inside)
                Lines<Floats>::read(x, picture, (picture * shape.height + top + i) * shape.width + begin, end - begin,
                                    x.in, to + (begin - left) * x.in);
        }
    }

    // As Products::multiply. Weights that are read more than once are widened first, in `room`.
    static void multiply_by(std::int64_t rows, const float* v, const float* u, float* m, std::int64_t in, Room&) {
        multiply(rows, v, in, u, m, in);
    }
    static void multiply_by(std::int64_t rows, const float* v, const bf16* u, float* m, std::int64_t in, Room& room) {
        if (rows == 1) return Base::multiply_one(v, u, m, in);
        float* to = room.hold(in * lot);
        for (std::int64_t i = 0; i < in * lot; i += lanes) store(to + i, load(u + i));
        multiply(rows, v, in, to, m, in);
    }

    template <class T, class U>
    static void conv(const PointwiseShape& shape, const ConvPart& part, const Pictures<T>& x, const U* u,
                     const float* bias, const T* residual, T* y) {
        const std::int64_t in = shape.seen(), out = shape.out;
        thread_local Room inputs, products, weights;
        float* m = products.hold(at_once * lot);
        for (std::int64_t from = part.first; from < part.last; from += at_once) {
            const std::int64_t pixels = part.last - from < at_once ? part.last - from : at_once;
            const float* v = rows(shape, x, from, pixels, inputs);
            for (std::int64_t o = part.from; o < part.to; o += lot) {
                multiply_by(pixels, v, u + o * in, m, in, weights);
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
