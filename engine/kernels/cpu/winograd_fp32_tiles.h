// The work of winograd_fp32.h for vectors of any width, see vectors.h.
#pragma once

#include "kernels/cpu/band.h"
#include "kernels/cpu/products.h"
#include "kernels/cpu/winograd_fp32.h"

namespace drift::kernels {
namespace {

// See Products.
template <class Floats, int Wide, int Group>
struct WinogradTiles : Products<Floats, Wide, Group> {
    using Base = Products<Floats, Wide, Group>;
    using Base::lanes, Base::load, Base::lot, Base::multiply, Base::multiply_across, Base::store;
    using typename Base::Vector;
    static constexpr std::int64_t positions = 36, side = 4;
    // Tiles whose transforms stay in the cache of the second level, shared out evenly: each pass reads all weights. In tiles of one channel.
    static constexpr std::int64_t room = 512 * 1024 / (positions * static_cast<std::int64_t>(sizeof(float)));

    static constexpr float p = 0.75f, q = 1.5f, pp = p * p, qq = q * q, sum = pp + qq, product = pp * qq;

    // u[k][i][o] of one lot, for the input channels [first, last): see Winograd32.
    static void weights(const float* weight, std::int64_t o_step, std::int64_t i_step, bool turned, std::int64_t count,
                        std::int64_t in, std::int64_t first, std::int64_t last, float* u) {
        using Row = double[lot];
        constexpr double wp = 0.75, wq = 1.5, wpp = wp * wp, wqq = wq * wq;
        constexpr double at_0 = 1 / (wpp * wqq), at_p = 1 / (2 * wpp * (wpp - wqq)), at_q = 1 / (2 * wqq * (wqq - wpp));
        auto spread_row = [](const Row& a, const Row& b, const Row& c, int o, double(&to)[6]) {  // G g
            to[0] = a[o] * at_0;
            to[1] = (a[o] + wp * b[o] + wpp * c[o]) * at_p, to[2] = (a[o] - wp * b[o] + wpp * c[o]) * at_p;
            to[3] = (a[o] + wq * b[o] + wqq * c[o]) * at_q, to[4] = (a[o] - wq * b[o] + wqq * c[o]) * at_q;
            to[5] = c[o];
        };
        for (std::int64_t i = first; i < last; ++i) {
            Row window[9], rows[6][3];
            for (int k = 0; k < 9; ++k)
                for (std::int64_t o = 0; o < lot; ++o)
                    window[k][o] =
                        o < count ? static_cast<double>(weight[o * o_step + i * i_step + (turned ? 8 - k : k)]) : 0;
            for (int x = 0; x < 3; ++x)
                for (int o = 0; o < lot; ++o) {
                    double to[6];
                    spread_row(window[x], window[3 + x], window[6 + x], o, to);
                    for (int y = 0; y < 6; ++y) rows[y][x][o] = to[y];
                }
            for (int y = 0; y < 6; ++y)
                for (int o = 0; o < lot; ++o) {
                    double to[6];
                    spread_row(rows[y][0], rows[y][1], rows[y][2], o, to);
                    for (int x = 0; x < 6; ++x) u[((6 * y + x) * in + i) * lot + o] = static_cast<float>(to[x]);
                }
        }
    }

    // G^T du G of one lot, see Winograd32.
    static void gather_weights(const float* du, std::int64_t o_step, std::int64_t i_step, std::int64_t count,
                               std::int64_t in, float* weight) {
        constexpr float at_0 = 1 / (pp * qq), at_p = 1 / (2 * pp * (pp - qq)), at_q = 1 / (2 * qq * (qq - pp));
        auto gather_row = [](const Vector(&d)[6], Vector(&to)[3]) {  // G^T d
            const Vector even_p = at_p * (d[1] + d[2]), odd_p = at_p * (d[1] - d[2]), even_q = at_q * (d[3] + d[4]),
                         odd_q = at_q * (d[3] - d[4]);
            to[0] = at_0 * d[0] + even_p + even_q;
            to[1] = p * odd_p + q * odd_q;
            to[2] = pp * even_p + qq * even_q + d[5];
        };
        for (std::int64_t i = 0; i < in; ++i)
            for (std::int64_t c = 0; c < lot && c < count; c += lanes) {
                Vector rows[3][6];
                for (int x = 0; x < 6; ++x) {
                    Vector d[6], to[3];
                    for (int y = 0; y < 6; ++y) d[y] = load(du + ((6 * y + x) * in + i) * lot + c);
                    gather_row(d, to);
                    for (int y = 0; y < 3; ++y) rows[y][x] = to[y];
                }
                for (int y = 0; y < 3; ++y) {
                    Vector to[3];
                    gather_row(rows[y], to);
                    for (int x = 0; x < 3; ++x)
                        for (std::int64_t o = 0; o < lanes && c + o < count; ++o)
                            weight[(c + o) * o_step + i * i_step + 3 * y + x] = to[x][o];
                }
            }
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

    // v = B^T d B of one tile, to v[k * step + channel], from lines of pixels of `row` channels, which fill vectors.
    static void transform_input(const float* pixels, std::int64_t line, std::int64_t row, float* v, std::int64_t step) {
        for (std::int64_t c = 0; c < row; c += lanes) {
            Vector rows[6][6];
#pragma GCC unroll 6
            for (int j = 0; j < 6; ++j) {
                Vector d[6], to[6];
                for (int i = 0; i < 6; ++i) d[i] = load(pixels + i * line + j * row + c);
                spread(d, to);
                for (int i = 0; i < 6; ++i) rows[i][j] = to[i];
            }
#pragma GCC unroll 6
            for (int i = 0; i < 6; ++i) {
                Vector to[6];
                spread(rows[i], to);
                for (int j = 0; j < 6; ++j) store(v + (6 * i + j) * step + c, to[j]);
            }
        }
    }

    // The same of a pass, to v[k * step + tile * row + channel].
    template <class T>
    static void transform_inputs(const WinogradShape& s, const Pictures<T>& x, const TilePass& pass, std::int64_t row,
                                 Band<Floats>& band, float* v, std::int64_t step) {
        band.tiles(s, x, pass, side, row, [&](const float* pixels, std::int64_t line, std::int64_t tile) {
            transform_input(pixels, line, row, v + tile * row, step);
        });
    }

    // y = A^T m A + bias + residual of one tile and lot, from m[k * step + channel]; `count` channels of it there are. Adds what comes out to
    // sums[channel], and its squares to sums[lot + channel].
    template <class T>
    static void transform_output(const WinogradShape& s, const float* m, std::int64_t step, const float* bias,
                                 const T* residual, T* y, float* sums, const Tile& tile, std::int64_t count) {
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
            Vector sum{}, square{};
            auto put = [&](std::int64_t down, std::int64_t across, auto get, auto set) {
#pragma GCC unroll 4
                for (std::int64_t i = 0; i < down; ++i) {
                    Vector to[4];
                    gather(rows[i], to);
#pragma GCC unroll 4
                    for (std::int64_t j = 0; j < across; ++j) {
                        const std::int64_t at =
                            ((tile.picture * s.height + tile.y + i) * s.width + tile.x + j) * s.out + c;
                        Vector value = to[j] + b;
                        if (residual) value += get(residual + at);
                        set(y + at, value);
                        sum += value, square += value * value;
                    }
                }
            };
            if (high == 4 && wide == 4 && count - c >= lanes)
                put(
                    4, 4, [](const T* at) { return load(at); }, [](T* at, Vector value) { store(at, value); });
            else
                put(
                    high, wide, [&](const T* at) { return load(at, count - c); },
                    [&](T* at, Vector value) { store(at, value, count - c); });
            store(sums + c, load(sums + c) + sum), store(sums + lot + c, load(sums + lot + c) + square);
        }
    }

    // A d for one row or column of four.
    [[gnu::always_inline]] static void spread_slope(const Vector (&d)[4], Vector (&to)[6]) {
        const Vector even_p = d[0] + pp * d[2], odd_p = p * d[1] + p * pp * d[3];
        const Vector even_q = d[0] + qq * d[2], odd_q = q * d[1] + q * qq * d[3];
        to[0] = d[0];
        to[1] = even_p + odd_p, to[2] = even_p - odd_p;
        to[3] = even_q + odd_q, to[4] = even_q - odd_q;
        to[5] = d[3];
    }

    // m = A dy A^T of one tile, by lots of output channels, to m[k * step + lot * lot_step + channel]; zeros for those that there are not.
    template <class T>
    static void transform_slope(const WinogradShape& s, const T* dy, const Tile& tile, float* m, std::int64_t step,
                                std::int64_t lot_step) {
        const std::int64_t high = s.height - tile.y < 4 ? s.height - tile.y : 4,
                           wide = s.width - tile.x < 4 ? s.width - tile.x : 4;
        for (std::int64_t c = 0; c < (s.out + lot - 1) / lot * lot; c += lanes) {
            Vector rows[6][4];
            for (int j = 0; j < 4; ++j) {
                Vector d[4] = {}, to[6];
                for (int i = 0; i < high && j < wide && c < s.out; ++i)
                    d[i] = load(dy + ((tile.picture * s.height + tile.y + i) * s.width + tile.x + j) * s.out + c,
                                s.out - c);
                spread_slope(d, to);
                for (int i = 0; i < 6; ++i) rows[i][j] = to[i];
            }
            float* at = m + c / lot * lot_step + c % lot;
            for (int i = 0; i < 6; ++i) {
                Vector to[6];
                spread_slope(rows[i], to);
                for (int j = 0; j < 6; ++j) store(at + (6 * i + j) * step, to[j]);
            }
        }
    }

    template <class T>
    static void weight_slopes(const WinogradShape& s, const Pictures<T>& x, const T* dy, float* du, std::int64_t first,
                              std::int64_t last) {
        const std::int64_t row = (s.in + lanes - 1) / lanes * lanes, lots = (s.out + lot - 1) / lot, wide = lots * lot,
                           most = room / (row + wide) < 8 ? 8 : room / (row + wide);
        thread_local Room inputs, slopes;
        thread_local Band<Floats> band;
        band.starts();
        in_passes(s, side, first, last, most, [&](const TilePass& pass) {
            const std::int64_t tiles = pass.tiles(), v_step = apart(tiles * row), m_step = apart(tiles * wide);
            float *v = inputs.hold(positions * v_step), *m = slopes.hold(positions * m_step);
            transform_inputs(s, x, pass, row, band, v, v_step);
            for (std::int64_t t = 0; t < tiles; ++t)
                transform_slope(s, dy, tile_at(s, pass, side, t), m + t * lot, m_step, tiles * lot);
            for (std::int64_t l = 0; l < lots; ++l)
                for (std::int64_t k = 0; k < positions; ++k)
                    multiply_across(s.in, v + k * v_step, row, m + k * m_step + l * tiles * lot,
                                    du + (l * positions + k) * s.in * lot, tiles);
        });
    }

    template <class T>
    static void conv(const WinogradShape& s, const ConvPart& part, const Pictures<T>& x, const float* u,
                     const float* bias, const T* residual, T* y, double* sums) {
        const std::int64_t row = (s.in + lanes - 1) / lanes * lanes,
                           most = room / (row + lot) < Group ? Group : room / (row + lot);
        thread_local Room inputs, products;
        thread_local Band<Floats> band;
        band.starts();
        in_passes(s, side, part.first, part.last, most, [&](const TilePass& pass) {
            const std::int64_t tiles = pass.tiles(), v_step = apart(tiles * row), m_step = apart(tiles * lot);
            float *v = inputs.hold(positions * v_step), *m = products.hold(positions * m_step);
            transform_inputs(s, x, pass, row, band, v, v_step);
            for (std::int64_t o = part.from; o < part.to; o += lot) {
                for (std::int64_t k = 0; k < positions; ++k)
                    multiply(tiles, v + k * v_step, row, u + (o * positions + k * lot) * s.in, m + k * m_step, s.in);
                for (std::int64_t t = 0; t < tiles;) {  // row by row
                    float of_row[2 * lot] = {};
                    for (std::int64_t end = t + pass.across; t < end; ++t)
                        transform_output(s, m + t * lot, m_step, bias + o, residual ? residual + o : nullptr, y + o,
                                         of_row, tile_at(s, pass, side, t), s.out - o);
                    if (sums) add_sums(of_row, lot, s.out, o, sums + (pass.first + (t - 1) / pass.across) * 2 * s.out);
                }
            }
        });
    }
};

}  // namespace
}  // namespace drift::kernels
