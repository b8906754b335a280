// Pictures as convolutions read them.
#pragma once

#include <cstdint>

namespace drift::kernels {

// Channels beside each other (NHWC), of one picture or of two that lie side by side by their channels, as they are or activated: what no
// convolution but the next one reads need not be written first.
template <class T>
struct Pictures {
    const T* x = nullptr;       // [batch, height, width, own]
    const T* beside = nullptr;  // [batch, height, width, in - own]: the other channels; null where x has all
    std::int64_t own = 0, in = 0;
    const float *scale = nullptr, *shift = nullptr;  // [batch, in]: read as silu(x scale + shift); null: as they are
};

// What of a convolution is made at once: of what lies one after the other, rows of tiles or pixels, [first, last), and of the output channels
// [from, to), where `from` is a multiple of the kernel's lot. Any division into parts gives the same bytes.
struct ConvPart {
    std::int64_t first = 0, last = 0, from = 0, to = 0;
};

}  // namespace drift::kernels
