// The work of winograd_fp32.h for vectors of any width, see vectors.h.
#pragma once

#include "kernels/cpu/products.h"
#include "kernels/cpu/winograd_fp32.h"

namespace drift::kernels {
namespace {

// See Products.
template <class Floats, int Wide, int Group>
struct WinogradTiles : Products<Floats, Wide, Group> {
    using Base = Products<Floats, Wide, Group>;
    using Base::lanes, Base::load, Base::lot, Base::multiply, Base::store;
    using typename Base::Vector;
    static constexpr std::int64_t positions = 36;
    static constexpr float p = 0.75f, q = 1.5f, pp = p * p, qq = q * q, sum = pp + qq, product = pp * qq;

    struct Tile {
        std::int64_t picture, y, x;  // of its first output
    };
    static Tile tile_at(const WinogradShape32& s, std::int64_t index) {
        const std::int64_t across = (s.width + 3) / 4, down = (s.height + 3) / 4;
        return {index / (across * down), index / across % down * 4, index % across * 4};
    }

    // B^T d for one row or column of six.
    [[gnu::always_inline]] static void spread(const Vector (&d)[6], Vector (&to)[6]) {
        const Vector even_p = d[4] - qq * d[2], odd_p = p * (d[3] - qq * d[1]);
        const Vector even_q = d[4] - pp * d[2], odd_q = q * (d[3] - pp * d[1]);
        to[0] = product * d[0] - sum * d[2] + d[4];
        to[1] = even_p + odd_p, to[2] = even_p - odd_p;
        to[3] = even_q + odd_q, to[4] = even_q - odd_q;
        to[5] = product * d[1] - sum * d[3] + d[5];
    }
    // A^T m for one row or column of six.
    [[gnu::always_inline]] static void gather(const Vector (&m)[6], Vector (&to)[4]) {
        const Vector even_p = m[1] + m[2], odd_p = m[1] - m[2], even_q = m[3] + m[4], odd_q = m[3] - m[4];
        to[0] = m[0] + even_p + even_q;
        to[1] = p * odd_p + q * odd_q;
        to[2] = pp * even_p + qq * even_q;
        to[3] = p * pp * odd_p + q * qq * odd_q + m[5];
    }

    // v = B^T d B of one tile, to v[k * step + channel]; `row` channels are written, those that there are not as zeros.
    template <class T>
    static void transform_input(const WinogradShape32& s, const T* x, const Tile& tile, const T* zeros, float* v,
                                std::int64_t step) {
        const T* from[6][6];
        for (int i = 0; i < 6; ++i)
            for (int j = 0; j < 6; ++j) {
                const std::int64_t py = tile.y + i - 1, px = tile.x + j - 1;
                const bool inside = py >= 0 && py < s.height && px >= 0 && px < s.width;
                from[i][j] = inside ? x + ((tile.picture * s.height + py) * s.width + px) * s.in : zeros;
            }
        for (std::int64_t c = 0; c < s.in; c += lanes) {
            Vector rows[6][6];
            for (int j = 0; j < 6; ++j) {
                Vector d[6], to[6];
                for (int i = 0; i < 6; ++i) d[i] = load(from[i][j] + c, s.in - c);
                spread(d, to);
                for (int i = 0; i < 6; ++i) rows[i][j] = to[i];
            }
            for (int i = 0; i < 6; ++i) {
                Vector to[6];
                spread(rows[i], to);
                for (int j = 0; j < 6; ++j) store(v + (6 * i + j) * step + c, to[j]);
            }
        }
    }

    // y = A^T m A + bias + residual of one tile and lot, from m[k * step + channel]; `count` channels of it there are.
    template <class T>
    static void transform_output(const WinogradShape32& s, const float* m, std::int64_t step, const float* bias,
                                 const T* residual, T* y, const Tile& tile, std::int64_t count) {
        const std::int64_t high = s.height - tile.y < 4 ? s.height - tile.y : 4,
                           wide = s.width - tile.x < 4 ? s.width - tile.x : 4;
        for (std::int64_t c = 0; c < lot && c < count; c += lanes) {
            Vector rows[4][6];
            for (int j = 0; j < 6; ++j) {
                Vector d[6], to[4];
                for (int i = 0; i < 6; ++i) d[i] = load(m + (6 * i + j) * step + c);
                gather(d, to);
                for (int i = 0; i < 4; ++i) rows[i][j] = to[i];
            }
            const Vector b = load(bias + c);
            for (std::int64_t i = 0; i < high; ++i) {
                Vector to[4];
                gather(rows[i], to);
                for (std::int64_t j = 0; j < wide; ++j) {
                    const std::int64_t at = ((tile.picture * s.height + tile.y + i) * s.width + tile.x + j) * s.out + c;
                    const Vector value = to[j] + b;
                    store(y + at, residual ? value + load(residual + at, count - c) : value, count - c);
                }
            }
        }
    }

    template <class T>
    static void conv(const WinogradShape32& s, const T* x, const float* u, const float* bias, const T* residual, T* y,
                     std::int64_t first, std::int64_t last) {
        // Tiles whose transforms stay in the cache of the second level, shared out evenly: each pass reads all weights.
        constexpr std::int64_t room = 512 * 1024 / (positions * static_cast<std::int64_t>(sizeof(float)));
        const std::int64_t row = (s.in + lanes - 1) / lanes * lanes, all = last - first,
                           most = room / (row + lot) < Group ? Group : room / (row + lot),
                           passes = (all + most - 1) / most, at_once = (all + passes - 1) / passes;
        thread_local Room inputs, products;
        float* zeros = inputs.hold((positions * at_once + 1) * row);
        std::memset(zeros, 0, static_cast<std::size_t>(row) * sizeof(float));
        float *v = zeros + row, *m = products.hold(positions * at_once * lot);
        for (std::int64_t from = first; from < last; from += at_once) {
            const std::int64_t tiles = last - from < at_once ? last - from : at_once;
            for (std::int64_t t = 0; t < tiles; ++t)
                transform_input(s, x, tile_at(s, from + t), reinterpret_cast<const T*>(zeros), v + t * row,
                                at_once * row);
            for (std::int64_t o = 0; o < s.out; o += lot) {
                for (std::int64_t k = 0; k < positions; ++k)
                    multiply(tiles, v + k * at_once * row, row, u + (o * positions + k * lot) * s.in,
                             m + k * at_once * lot, s.in);
                for (std::int64_t t = 0; t < tiles; ++t)
                    transform_output(s, m + t * lot, at_once * lot, bias + o, residual ? residual + o : nullptr, y + o,
                                     tile_at(s, from + t), s.out - o);
            }
        }
    }
};

}  // namespace
}  // namespace drift::kernels
