// bfloat16 as plain bits, for kernels.
#pragma once

#include <bit>
#include <cstdint>

namespace drift::kernels {

using bf16 = std::uint16_t;  // the upper half of a float's bits

[[gnu::always_inline]] inline float wide(bf16 value) {
    return std::bit_cast<float>(static_cast<std::uint32_t>(value) << 16);
}

// To the nearest, ties to even; NaN stays NaN.
[[gnu::always_inline]] inline bf16 narrow(float value) {
    auto bits = std::bit_cast<std::uint32_t>(value);
    std::uint32_t rounded = (bits + 0x7fffu + (bits >> 16 & 1)) >> 16;
    return static_cast<bf16>(value != value ? 0x7fc0u : rounded);
}

}  // namespace drift::kernels
