// Products of matrices for convolutions, for vectors of any width, see vectors.h.
#pragma once

#include <utility>

#include "kernels/cpu/vectors.h"

namespace drift::kernels {
namespace {

// Wide: vectors of output channels summed together; Group: rows that are. Wide x Group sums stay in registers.
template <class Floats, int Wide, int Group>
struct Products : Memory<Floats> {
    using typename Memory<Floats>::Vector;
    using Memory<Floats>::lanes;
    static constexpr std::int64_t lot = lanes * Wide, block = 128;

    // Of `Rows` rows; Across: of v^T, whose rows lie across, and added to what m is.
    template <int Rows, bool Across, class U = float>
    static void some(const float* v, std::int64_t row, const U* u, float* m, std::int64_t in) {
        for (std::int64_t from = 0; from < in; from += block) {
            const std::int64_t to = in - from < block ? in : from + block;
            Vector sums[Rows][Wide];
            for (auto& row_sums : sums)
                for (auto& s : row_sums) s = Vector{};
            for (std::int64_t i = from; i < to; ++i, u += lot) {
                for (int w = 0; w < Wide; w += 16 / lanes)
                    __builtin_prefetch(u + 16 * lot + w * lanes);  // it comes from afar
                Vector weight[Wide];
                for (int w = 0; w < Wide; ++w) weight[w] = Memory<Floats>::load(u + w * lanes);
#pragma GCC unroll 16
                for (int t = 0; t < Rows; ++t) {
                    const float value = Across ? v[i * row + t] : v[t * row + i];
#pragma GCC unroll 4
                    for (int w = 0; w < Wide; ++w) sums[t][w] += weight[w] * value;
                }
            }
            for (int t = 0; t < Rows; ++t)
                for (int w = 0; w < Wide; ++w) {
                    auto* to_m = reinterpret_cast<Vector*>(m + t * lot + w * lanes);
                    *to_m = Across || from ? *to_m + sums[t][w] : sums[t][w];
                }
        }
    }
    using Some = void (*)(const float*, std::int64_t, const float*, float*, std::int64_t);
    struct Table {
        Some of[Group];  // by the number of rows less one
    };
    template <bool Across, int... T>
    static constexpr Table table(std::integer_sequence<int, T...>) {
        return {{some<T + 1, Across>...}};
    }

    template <bool Across>
    static void all(std::int64_t rows, const float* v, std::int64_t row, const float* u, float* m, std::int64_t in) {
        static constexpr Table sizes = table<Across>(std::make_integer_sequence<int, Group>());
        const std::int64_t groups = (rows + Group - 1) / Group;
        for (std::int64_t g = 0; g < groups; ++g) {  // of sizes that differ by one at most
            const std::int64_t first = rows * g / groups;
            sizes.of[rows * (g + 1) / groups - first - 1](v + first * (Across ? 1 : row), row, u, m + first * lot, in);
        }
    }

    // m[rows, lot] = v[rows, in] u[in, lot]; `row` floats lie between the rows of v, and u and m at multiples of 64 bytes. Summed by blocks of
    // channels: long sums round better so.
    static void multiply(std::int64_t rows, const float* v, std::int64_t row, const float* u, float* m,
                         std::int64_t in) {
        all<false>(rows, v, row, u, m, in);
    }
    // The same of one row and weights that are read once.
    static void multiply_one(const float* v, const bf16* u, float* m, std::int64_t in) {
        some<1, false>(v, in, u, m, in);
    }
    // m[rows, lot] += v[in, rows]^T u[in, lot].
    static void multiply_across(std::int64_t rows, const float* v, std::int64_t row, const float* u, float* m,
                                std::int64_t in) {
        all<true>(rows, v, row, u, m, in);
    }
};

}  // namespace
}  // namespace drift::kernels
