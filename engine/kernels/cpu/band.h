// What the tiles of a pass see, for vectors of any width, see vectors.h.
#pragma once

#include "kernels/cpu/lines.h"
#include "kernels/cpu/room.h"
#include "kernels/cpu/winograd_passes.h"

namespace drift::kernels {
namespace {

// Lines of a picture as floats, activated, with zeros around it.
template <class Floats>
class Band {
public:
    // Of what is filled next nothing was there before.
    void starts() { lines_ = 0; }

    // work(pixels, line, index) for the tiles of a pass: the (side + 2) x (side + 2) pixels that one sees, `row` channels each, which fill vectors,
    // `line` floats from one of its lines to the next.
    template <class T, class Work>
    void tiles(const WinogradShape& s, const Pictures<T>& x, const TilePass& pass, std::int64_t side, std::int64_t row,
               Work work) {
        const std::int64_t down = s.down(side), line = (pass.across * side + 2) * row;
        for (std::int64_t from = pass.first, to; from < pass.last; from = to) {  // picture by picture
            const std::int64_t end = from - from % down + down;
            to = end < pass.last ? end : pass.last;
            const float* pixels = fill(s, x, pass, side, from, to, row);
            for (std::int64_t i = 0; i < to - from; ++i)
                for (std::int64_t j = 0; j < pass.across; ++j)
                    work(pixels + i * side * line + j * side * row, line, (from - pass.first + i) * pass.across + j);
        }
    }

private:
    // The pixels of the rows of tiles [from, to), which are of one picture, and of the columns of the pass, with one more on each side:
    // [(to - from) * side + 2, across * side + 2, row]. Two lines are seen by the rows below, too: if these come next and are as wide as the
    // picture, they are not read again.
    template <class T>
    const float* fill(const WinogradShape& s, const Pictures<T>& x, const TilePass& pass, std::int64_t side,
                      std::int64_t from, std::int64_t to, std::int64_t row) {
        const std::int64_t down = s.down(side), picture = from / down, top = from % down * side - 1,
                           wide = pass.across * side + 2, line = wide * row, left = pass.column * side - 1,
                           begin = left < 0 ? 0 : left, end = left + wide < s.width ? left + wide : s.width,
                           lines = (to - from) * side + 2, kept = lines_ > 0 ? 2 : 0;
        float* pixels = room_.hold(((pass.last - pass.first) * side + 2) * line);
        if (kept)
            std::memmove(pixels, pixels + (lines_ - kept) * line,
                         static_cast<std::size_t>(kept * line) * sizeof(float));
        for (std::int64_t i = kept; i < lines; ++i) {
            const bool inside = top + i >= 0 && top + i < s.height;
            float *at = pixels + i * line, *first = at + (begin - left) * row, *last = at + (end - left) * row;
            if (!inside || row != s.in) zero(at, at + line);
            else zero(at, first), zero(last, at + line);
            if (inside)
                Lines<Floats>::read(x, picture, (picture * s.height + top + i) * s.width + begin, end - begin, row,
                                    first);
        }
        lines_ = to % down && pass.across == s.across(side) ? lines : 0;
        return pixels;
    }

    static void zero(float* from, float* to) {
        std::memset(from, 0, static_cast<std::size_t>(to - from) * sizeof(float));
    }
    Room room_;
    std::int64_t lines_ = 0;  // of which the next ones see the last two again
};

}  // namespace
}  // namespace drift::kernels
