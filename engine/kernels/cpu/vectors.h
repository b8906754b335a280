// Vectors of one width, for the files that are compiled for one CPU each: everything here is a copy of their own, and nothing of the standard
// library is used that another file could come to share.
#pragma once

#ifdef __AVX512BF16__
#include <immintrin.h>
#endif

#include <cstdint>
#include <cstring>

#include "kernels/cpu/bf16.h"

namespace drift::kernels {
namespace {

// Written out, since an attribute whose size hangs on a template's argument is not kept by every compiler.
struct Eight {
    using Vector = float __attribute__((vector_size(32), may_alias));
    using Loose = float __attribute__((vector_size(32), aligned(4), may_alias));  // at any address
    using Whole = std::int32_t __attribute__((vector_size(32)));
    using Bits = std::uint32_t __attribute__((vector_size(32)));
    using Half = std::uint16_t __attribute__((vector_size(16)));
    using LooseHalf = std::uint16_t __attribute__((vector_size(16), aligned(2), may_alias));
};
struct Sixteen {
    using Vector = float __attribute__((vector_size(64), may_alias));
    using Loose = float __attribute__((vector_size(64), aligned(4), may_alias));
    using Whole = std::int32_t __attribute__((vector_size(64)));
    using Bits = std::uint32_t __attribute__((vector_size(64)));
    using Half = std::uint16_t __attribute__((vector_size(32)));
    using LooseHalf = std::uint16_t __attribute__((vector_size(32), aligned(2), may_alias));
};

// Loads and stores at any address; with a count, that many numbers at most, and zeros for the rest.
template <class Floats>
struct Memory {
    using Vector = typename Floats::Vector;
    using Bits = typename Floats::Bits;
    static constexpr int lanes = sizeof(Vector) / sizeof(float);

    static Vector load(const float* from) { return *reinterpret_cast<const typename Floats::Loose*>(from); }
    static void store(float* to, Vector values) { *reinterpret_cast<typename Floats::Loose*>(to) = values; }
    static Vector load(const bf16* from) {
        const typename Floats::Half half = *reinterpret_cast<const typename Floats::LooseHalf*>(from);
        return (Vector)(__builtin_convertvector(half, Bits) << 16);
    }
    static void store(bf16* to, Vector values) {  // narrow() of each
#ifdef __AVX512BF16__
        if constexpr (lanes == 16) {
            const auto rounded = _mm512_cvtneps_pbh((__m512)values);
            std::memcpy(to, &rounded, sizeof rounded);
            return;
        }
#endif
        const Bits bits = (Bits)values, rounded = (bits + 0x7fffu + (bits >> 16 & 1)) >> 16;
        const Bits nan = (Bits)(values != values);
        *reinterpret_cast<typename Floats::LooseHalf*>(to) =
            __builtin_convertvector((rounded & ~nan) | (0x7fc0u & nan), typename Floats::Half);
    }
    template <class T>
    static Vector load(const T* from, std::int64_t count) {
        if (count >= lanes) return load(from);
        T part[lanes] = {};
        std::memcpy(part, from, static_cast<std::size_t>(count) * sizeof(T));
        return load(part);
    }
    template <class T>
    static void store(T* to, Vector values, std::int64_t count) {
        if (count >= lanes) return store(to, values);
        T part[lanes];
        store(part, values);
        std::memcpy(to, part, static_cast<std::size_t>(count) * sizeof(T));
    }
};

}  // namespace
}  // namespace drift::kernels
