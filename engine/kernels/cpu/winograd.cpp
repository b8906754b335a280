#include "kernels/cpu/winograd.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>
#include <vector>

#include "kernels/cpu/cpu_code.h"

#if defined(__x86_64__) && defined(__GNUC__)
#include <cpuid.h>
#include <immintrin.h>
#define DRIFT_BF16 __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512bf16")))
#endif

namespace drift::kernels {
namespace {

constexpr std::int64_t positions = 16;          // of a tile of 4 x 4 inputs
constexpr std::int64_t lot = winograd_lot;      // output channels that are summed together, in two vectors
constexpr std::int64_t group = winograd_group;  // tiles that are: 24 sums in the 32 vector registers
constexpr std::int64_t most_tiles = 4 * group;  // tiles whose transforms stay in the cache of the second level

}  // namespace

void winograd_weights(const float* weight, std::int64_t in, std::int64_t first, std::int64_t last, bf16* u) {
    constexpr float half = 0.5f;
    auto spread = [](const float* g, std::int64_t step, float* to, std::int64_t to_step) {  // G g
        float a = g[0], b = g[step], c = g[2 * step];
        to[0] = a, to[to_step] = half * (a + b + c), to[2 * to_step] = half * (a - b + c), to[3 * to_step] = c;
    };
    for (std::int64_t o = first; o < last; ++o)
        for (std::int64_t i = 0; i < in; ++i) {
            float rows[12], tile[16];
            for (int x = 0; x < 3; ++x) spread(weight + (o * in + i) * 9 + x, 3, rows + x, 3);
            for (int y = 0; y < 4; ++y) spread(rows + 3 * y, 1, tile + 4 * y, 1);
            for (std::int64_t k = 0; k < positions; ++k)
                u[(((o / lot * positions + k) * (in / 2) + i / 2) * lot + o % lot) * 2 + i % 2] = narrow(tile[k]);
        }
}

#ifdef DRIFT_BF16
namespace {

struct alignas(64) Line {
    std::byte bytes[64];
};

// Room for the transforms of one thread; grows, and stays for the next layer.
struct Scratch {
    std::vector<Line> lines;
    std::byte* hold(std::size_t bytes) {
        if (lines.size() * sizeof(Line) < bytes) lines.resize((bytes + sizeof(Line) - 1) / sizeof(Line));
        return lines.front().bytes;
    }
};

struct Tile {
    std::int64_t picture, y, x;  // of its first output
};
Tile tile_at(const WinogradShape& s, std::int64_t index) {
    const std::int64_t across = (s.width + 1) / 2, down = (s.height + 1) / 2;
    return {index / (across * down), index / across % down * 2, index % across * 2};
}

using Words = std::uint16_t __attribute__((vector_size(32)));
using Doubled = std::uint32_t __attribute__((vector_size(64)));
DRIFT_BF16 inline __m512 widened(__m256i values) {
    return (__m512)(__builtin_convertvector((Words)values, Doubled) << 16);
}
DRIFT_BF16 inline void store(bf16* to, __m512 values) {
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(to), (__m256i)_mm512_cvtneps_pbh(values));
}

// v = B^T d B of one tile, to v[k * step + channel].
DRIFT_BF16 void transform_input(const WinogradShape& s, const bf16* x, const Tile& tile, bf16* v, std::int64_t step) {
    const bf16* from[4][4];
    __mmask16 inside[4][4];
    for (int i = 0; i < 4; ++i)
        for (int j = 0; j < 4; ++j) {
            const std::int64_t py = tile.y + i - 1, px = tile.x + j - 1;
            const bool is = py >= 0 && py < s.height && px >= 0 && px < s.width;
            inside[i][j] = is ? 0xffff : 0;
            from[i][j] = is ? x + ((tile.picture * s.height + py) * s.width + px) * s.in : x;
        }
    for (std::int64_t c = 0; c < s.in; c += 16) {
        __m512 rows[4][4];
        for (int j = 0; j < 4; ++j) {
            __m512 d[4];
            for (int i = 0; i < 4; ++i) d[i] = widened(_mm256_maskz_loadu_epi16(inside[i][j], from[i][j] + c));
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
template <std::int64_t Tiles>
DRIFT_BF16 void multiply(const bf16* v, const bf16* u, float* m, std::int64_t in) {
    __m512 sum[Tiles][2];
    for (auto& s : sum) s[0] = s[1] = _mm512_setzero_ps();
    for (std::int64_t i = 0; i < in; i += 2, u += 2 * lot) {
        auto low = (__m512bh)_mm512_load_si512(u), high = (__m512bh)_mm512_load_si512(u + lot);
#pragma GCC unroll 12
        for (std::int64_t t = 0; t < Tiles; ++t) {
            std::int32_t pair;
            std::memcpy(&pair, v + t * in + i, sizeof pair);
            auto both = (__m512bh)_mm512_set1_epi32(pair);
            sum[t][0] = _mm512_dpbf16_ps(sum[t][0], low, both);
            sum[t][1] = _mm512_dpbf16_ps(sum[t][1], high, both);
        }
    }
    for (std::int64_t t = 0; t < Tiles; ++t)
        _mm512_store_ps(m + t * lot, sum[t][0]), _mm512_store_ps(m + t * lot + 16, sum[t][1]);
}

using Multiply = void (*)(const bf16*, const bf16*, float*, std::int64_t);
template <std::size_t... T>
constexpr std::array<Multiply, sizeof...(T)> multiply_table(std::index_sequence<T...>) {
    return {multiply<static_cast<std::int64_t>(T) + 1>...};
}
constexpr auto multiply_tiles = multiply_table(std::make_index_sequence<group>());  // by the number of tiles less one

// y = A^T m A + bias + residual of one tile and lot, from m[k * step + channel].
DRIFT_BF16 void transform_output(const WinogradShape& s, const float* m, std::int64_t step, const float* bias,
                                 const bf16* residual, bf16* y, const Tile& tile) {
    for (std::int64_t c = 0; c < lot; c += 16) {
        __m512 rows[2][4];
        for (int j = 0; j < 4; ++j) {
            __m512 d[4];
            for (int i = 0; i < 4; ++i) d[i] = _mm512_load_ps(m + (4 * i + j) * step + c);
            rows[0][j] = d[0] + d[1] + d[2], rows[1][j] = d[1] - d[2] - d[3];
        }
        const __m512 b = _mm512_loadu_ps(bias + c);
        for (std::int64_t i = 0; i < std::min<std::int64_t>(2, s.height - tile.y); ++i) {
            const auto& r = rows[i];
            const __m512 both[2] = {r[0] + r[1] + r[2] + b, r[1] - r[2] - r[3] + b};
            for (std::int64_t j = 0; j < std::min<std::int64_t>(2, s.width - tile.x); ++j) {
                const std::int64_t at = ((tile.picture * s.height + tile.y + i) * s.width + tile.x + j) * s.out + c;
                store(y + at,
                      residual ? both[j] + widened(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(residual + at)))
                               : both[j]);
            }
        }
    }
}

bool has_matrices() {
    unsigned a = 0, b = 0, c = 0, d = 0;
    return __get_cpuid_count(7, 0, &a, &b, &c, &d) && (d >> 22 & 1);  // AMX-BF16
}

}  // namespace

bool has_bf16_products() {
    static const bool has = __builtin_cpu_supports("avx512bf16") && !has_matrices();
    return has && cpu_code() == CpuCode::avx512;
}

bool has_quick_bf16_products() { return has_bf16_products() && __builtin_cpu_is("amd"); }

void winograd_conv(const WinogradShape& s, const bf16* x, const bf16* u, const float* bias, const bf16* residual,
                   bf16* y, std::int64_t first, std::int64_t last) {
    constexpr std::int64_t room = 512 * 1024 / (positions * static_cast<std::int64_t>(sizeof(bf16)));
    const std::int64_t at_once = std::clamp(room / s.in / group * group, group, most_tiles);
    thread_local Scratch inputs, products;
    auto* v = reinterpret_cast<bf16*>(inputs.hold(static_cast<std::size_t>(positions * at_once * s.in) * sizeof(bf16)));
    auto* m =
        reinterpret_cast<float*>(products.hold(static_cast<std::size_t>(positions * at_once * lot) * sizeof(float)));
    for (std::int64_t from = first; from < last; from += at_once) {
        const std::int64_t tiles = std::min(at_once, last - from);
        for (std::int64_t t = 0; t < tiles; ++t)
            transform_input(s, x, tile_at(s, from + t), v + t * s.in, at_once * s.in);
        for (std::int64_t o = 0; o < s.out; o += lot) {
            for (std::int64_t k = 0; k < positions; ++k)
                for (std::int64_t t = 0; t < tiles; t += group)
                    multiply_tiles[static_cast<std::size_t>(std::min(group, tiles - t) - 1)](
                        v + (k * at_once + t) * s.in, u + (o * positions + k * lot) * s.in, m + (k * at_once + t) * lot,
                        s.in);
            for (std::int64_t t = 0; t < tiles; ++t)
                transform_output(s, m + t * lot, at_once * lot, bias + o, residual ? residual + o : nullptr, y + o,
                                 tile_at(s, from + t));
        }
    }
}
#else
bool has_bf16_products() { return false; }
bool has_quick_bf16_products() { return false; }
void winograd_conv(const WinogradShape&, const bf16*, const bf16*, const float*, const bf16*, bf16*, std::int64_t,
                   std::int64_t) {}
#endif

}  // namespace drift::kernels
