// What can be said of a picture beside another, and of a dream without any reference. Pictures are RGB bytes of equal size.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "core/frame.h"

namespace drift {

inline constexpr int smallest_for_ssim = 11;  // pixels, each way: the window's size
// Structural similarity (Wang, Bovik, Sheikh, Simoncelli 2004, eq. 13) of the lumas 0.299 R + 0.587 G + 0.114 B, averaged over all places
// of an 11 x 11 Gaussian window, sigma 1.5, that lie inside the picture; K1 = 0.01, K2 = 0.03, L = 255. 1: equal; down to -1.
// Throws Error where the sizes differ or a side is shorter than the window.
double ssim(const Frame& a, const Frame& b);

inline constexpr int moved_levels =
    8;  // more than this sets a pixel apart from the frame before: less is noise of a picture's coding
// psnr() of the dream over those pixels that the truth has changed since the frame `before`, in any channel. Not a number where it changed none.
// Throws Error where the sizes differ.
double moving_psnr(const Frame& dream, const Frame& truth, const Frame& before);

// Mean over pixels of |grad luma|, forward differences, in byte levels: falls as a picture blurs, rises with speckles.
double sharpness(const Frame& frame);

// Share of pixels in each of 4 x 4 x 4 boxes of colour.
using ColourHistogram = std::array<float, 64>;
ColourHistogram colour_histogram(const Frame& frame);
// 1 - sum min(a_i, b_i): 0 equal, 1 without a common colour (Swain and Ballard 1991, histogram intersection).
double histogram_distance(const ColourHistogram& a, const ColourHistogram& b);

// Mean absolute difference of all bytes, in levels: how much moved between two frames.
double motion(const Frame& before, const Frame& after);

// Of each byte over frames of equal size, in levels: what a dream is unsure of, where they differ by their noise alone.
std::vector<float> standard_deviation(std::span<const Frame> frames);

}  // namespace drift
