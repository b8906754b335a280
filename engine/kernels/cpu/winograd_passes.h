// How the tiles of pictures are shared out, so that what is made of some stays in the cache until it is read again.
#pragma once

#include "kernels/cpu/winograd.h"

namespace drift::kernels {
namespace {

// Rows of tiles, counted down, then through the batch, from one column on.
struct TilePass {
    std::int64_t first, last, column, across;
    std::int64_t tiles() const { return (last - first) * across; }
};

// work(TilePass) for the rows [first, last) of tiles of side x side outputs, by passes of about `most` tiles, all of nearly one size.
template <class Work>
void in_passes(const WinogradShape& s, std::int64_t side, std::int64_t first, std::int64_t last, std::int64_t most,
               Work work) {
    auto even = [](std::int64_t all, std::int64_t at_most) {
        const std::int64_t parts = (all + at_most - 1) / at_most;
        return (all + parts - 1) / parts;
    };
    const std::int64_t width = s.across(side), across = width > most ? even(width, most) : width,
                       rows = even(last - first, most / across);
    for (std::int64_t row = first; row < last; row += rows)
        for (std::int64_t column = 0; column < width; column += across)
            work(TilePass{row, row + rows < last ? row + rows : last, column,
                          column + across < width ? across : width - column});
}

struct Tile {
    std::int64_t picture, y, x;  // of its first output
};
inline Tile tile_at(const WinogradShape& s, const TilePass& pass, std::int64_t side, std::int64_t index) {
    const std::int64_t row = pass.first + index / pass.across, down = s.down(side);
    return {row / down, row % down * side, (pass.column + index % pass.across) * side};
}

// Adds to the sums of a row of tiles, [2, out], what a pass put out there of the channels from `o` on, of_row [2, lot].
inline void add_sums(const float* of_row, std::int64_t lot, std::int64_t out, std::int64_t o, double* sums) {
    for (std::int64_t c = 0; c < lot && o + c < out; ++c)
        sums[o + c] += static_cast<double>(of_row[c]), sums[out + o + c] += static_cast<double>(of_row[lot + c]);
}

// Floats from what is transformed at one position of a tile to that of the next: an odd number of lines of the cache, or all would lie over
// each other in it.
inline std::int64_t apart(std::int64_t floats) { return ((floats + 15) / 16 | 1) * 16; }

}  // namespace
}  // namespace drift::kernels
