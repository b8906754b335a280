// Pixels of pictures as rows of floats, for vectors of any width, see vectors.h.
#pragma once

#include "kernels/cpu/pictures.h"
#include "kernels/cpu/silu.h"

namespace drift::kernels {
namespace {

template <class Floats>
struct Lines : Memory<Floats> {
    using typename Memory<Floats>::Vector;
    using Memory<Floats>::lanes, Memory<Floats>::load, Memory<Floats>::store;

    // The pixels [first, first + count), counted through the batch and all of one picture, to to[pixel * row + channel].
    template <class T>
    static void read(const Pictures<T>& from, std::int64_t picture, std::int64_t first, std::int64_t count,
                     std::int64_t row, float* to) {
        const float *scale = from.scale ? from.scale + picture * from.in : nullptr,
                    *shift = from.scale ? from.shift + picture * from.in : nullptr;
        part(from.x + first * from.own, from.own, scale, shift, count, row, to);
        if (from.beside)
            part(from.beside + first * (from.in - from.own), from.in - from.own, scale ? scale + from.own : nullptr,
                 shift ? shift + from.own : nullptr, count, row, to + from.own);
    }

private:
    template <class T>
    static void part(const T* x, std::int64_t channels, const float* scale, const float* shift, std::int64_t count,
                     std::int64_t row, float* to) {
        auto* way = channels % lanes ? scale ? some<false, true, T> : some<false, false, T>
                    : scale ? some<true, true, T>
                                     : some<true, false, T>;
        way(x, channels, scale, shift, count, row, to);
    }
    // Whole: of channels that fill vectors.
    template <bool Whole, bool Activated, class T>
    static void some(const T* x, std::int64_t channels, const float* scale, const float* shift, std::int64_t count,
                     std::int64_t row, float* to) {
        auto get = [](auto* at, std::int64_t left) {
            if constexpr (Whole) return load(at);
            else return load(at, left);
        };
        for (std::int64_t pixel = 0; pixel < count; ++pixel, x += channels, to += row)
            for (std::int64_t c = 0; c < channels; c += lanes) {
                Vector v = get(x + c, channels - c);
                if constexpr (Activated)
                    v = Silu<Floats>::silu(v * get(scale + c, channels - c) + get(shift + c, channels - c));
                if constexpr (Whole) store(to + c, v);
                else store(to + c, v, channels - c);
            }
    }
};

}  // namespace
}  // namespace drift::kernels
