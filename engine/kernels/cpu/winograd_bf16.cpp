// Compiled for AVX-512 with products of bfloat16: 24 sums, two weights and a pair of values in the 32 registers.
#ifdef __AVX512BF16__
#include <immintrin.h>

#include "kernels/cpu/band.h"
#include "kernels/cpu/winograd.h"

namespace drift::kernels {
namespace {

constexpr std::int64_t positions = 16, side = 2;  // of a tile of 4 x 4 inputs, and of its outputs
constexpr std::int64_t lot = winograd_lot;        // output channels that are summed together, in two vectors
constexpr int group = winograd_group;             // tiles that are

inline __m512 load(const bf16* from) { return (__m512)Memory<Sixteen>::load(from); }
inline void store(bf16* to, __m512 values) { Memory<Sixteen>::store(to, (Sixteen::Vector)values); }

// v = B^T d B of one tile, to v[k * step + channel], from lines of pixels of `in` channels.
void transform_input(const float* pixels, std::int64_t line, std::int64_t in, bf16* v, std::int64_t step) {
    for (std::int64_t c = 0; c < in; c += 16) {
        __m512 rows[4][4];
        for (int j = 0; j < 4; ++j) {
            __m512 d[4];
            for (int i = 0; i < 4; ++i) d[i] = _mm512_loadu_ps(pixels + i * line + j * in + c);
            rows[0][j] = d[0] - d[2], rows[1][j] = d[1] + d[2], rows[2][j] = d[2] - d[1], rows[3][j] = d[1] - d[3];
        }
        for (int i = 0; i < 4; ++i) {
            const auto& r = rows[i];
            bf16* to = v + 4 * i * step + c;
            store(to, r[0] - r[2]), store(to + step, r[1] + r[2]), store(to + 2 * step, r[2] - r[1]),
                store(to + 3 * step, r[1] - r[3]);
        }
    }
}

// m[tile, lot] = v[tile, in] u[in, lot] for one position and `Tiles` tiles.
template <int Tiles>
void multiply(const bf16* v, const bf16* u, float* m, std::int64_t in) {
    __m512 sum[Tiles][2];
    for (auto& s : sum) s[0] = s[1] = _mm512_setzero_ps();
    for (std::int64_t i = 0; i < in; i += 2, u += 2 * lot) {
        __builtin_prefetch(u + 32 * lot), __builtin_prefetch(u + 33 * lot);  // they come from afar
        auto low = (__m512bh)_mm512_load_si512(u), high = (__m512bh)_mm512_load_si512(u + lot);
#pragma GCC unroll 12
        for (int t = 0; t < Tiles; ++t) {
            std::int32_t pair;
            std::memcpy(&pair, v + t * in + i, sizeof pair);
            auto both = (__m512bh)_mm512_set1_epi32(pair);
            sum[t][0] = _mm512_dpbf16_ps(sum[t][0], low, both);
            sum[t][1] = _mm512_dpbf16_ps(sum[t][1], high, both);
        }
    }
    for (int t = 0; t < Tiles; ++t)
        _mm512_store_ps(m + t * lot, sum[t][0]), _mm512_store_ps(m + t * lot + 16, sum[t][1]);
}

using Multiply = void (*)(const bf16*, const bf16*, float*, std::int64_t);
constexpr Multiply multiply_tiles[group] = {multiply<1>, multiply<2>,  multiply<3>,  multiply<4>,
                                            multiply<5>, multiply<6>,  multiply<7>,  multiply<8>,
                                            multiply<9>, multiply<10>, multiply<11>, multiply<12>};

// y = A^T m A + bias + residual of one tile and lot, from m[k * step + channel]. Adds what comes out to sums[channel], and its squares to
// sums[lot + channel].
void transform_output(const WinogradShape& s, const float* m, std::int64_t step, const float* bias,
                      const bf16* residual, bf16* y, float* sums, const Tile& tile) {
    const std::int64_t high = s.height - tile.y < side ? s.height - tile.y : side,
                       wide = s.width - tile.x < side ? s.width - tile.x : side;
    for (std::int64_t c = 0; c < lot; c += 16) {
        __m512 rows[2][4];
        for (int j = 0; j < 4; ++j) {
            __m512 d[4];
            for (int i = 0; i < 4; ++i) d[i] = _mm512_load_ps(m + (4 * i + j) * step + c);
            rows[0][j] = d[0] + d[1] + d[2], rows[1][j] = d[1] - d[2] - d[3];
        }
        const __m512 b = _mm512_loadu_ps(bias + c);
        __m512 sum = _mm512_loadu_ps(sums + c), square = _mm512_loadu_ps(sums + lot + c);
        for (std::int64_t i = 0; i < high; ++i) {
            const auto& r = rows[i];
            const __m512 both[2] = {r[0] + r[1] + r[2] + b, r[1] - r[2] - r[3] + b};
            for (std::int64_t j = 0; j < wide; ++j) {
                const std::int64_t at = ((tile.picture * s.height + tile.y + i) * s.width + tile.x + j) * s.out + c;
                const __m512 value = residual ? both[j] + load(residual + at) : both[j];
                store(y + at, value);
                sum += value, square += value * value;
            }
        }
        _mm512_storeu_ps(sums + c, sum), _mm512_storeu_ps(sums + lot + c, square);
    }
}

}  // namespace

void winograd_conv(const WinogradShape& s, const ConvPart& part, const Pictures<bf16>& x, const bf16* u,
                   const float* bias, const bf16* residual, bf16* y, double* sums) {
    // Tiles whose transforms stay in the cache of the second level.
    constexpr std::int64_t room = 512 * 1024 / (positions * static_cast<std::int64_t>(sizeof(float)));
    const std::int64_t most = room / (s.in / 2 + lot) < group ? group : room / (s.in / 2 + lot);
    thread_local Room inputs, products;
    thread_local Band<Sixteen> band;
    band.starts();
    in_passes(s, side, part.first, part.last, most, [&](const TilePass& pass) {
        const std::int64_t tiles = pass.tiles(), v_floats = apart(tiles * s.in / 2), v_step = 2 * v_floats,
                           m_step = apart(tiles * lot);
        auto* v = reinterpret_cast<bf16*>(inputs.hold(positions * v_floats));
        float* m = products.hold(positions * m_step);
        band.tiles(s, x, pass, side, s.in, [&](const float* pixels, std::int64_t line, std::int64_t tile) {
            transform_input(pixels, line, s.in, v + tile * s.in, v_step);
        });
        const std::int64_t groups = (tiles + group - 1) / group;
        for (std::int64_t o = part.from; o < part.to; o += lot) {
            for (std::int64_t k = 0; k < positions; ++k)
                for (std::int64_t g = 0; g < groups; ++g) {  // of sizes that differ by one at most
                    const std::int64_t t = tiles * g / groups;
                    multiply_tiles[tiles * (g + 1) / groups - t - 1](v + k * v_step + t * s.in,
                                                                     u + (o * positions + k * lot) * s.in,
                                                                     m + k * m_step + t * lot, s.in);
                }
            for (std::int64_t t = 0; t < tiles;) {  // row by row
                float of_row[2 * lot] = {};
                for (std::int64_t end = t + pass.across; t < end; ++t)
                    transform_output(s, m + t * lot, m_step, bias + o, residual ? residual + o : nullptr, y + o, of_row,
                                     tile_at(s, pass, side, t));
                if (sums) add_sums(of_row, lot, s.out, o, sums + (pass.first + (t - 1) / pass.across) * 2 * s.out);
            }
        }
    });
}

}  // namespace drift::kernels
#endif
