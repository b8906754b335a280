// A picture on a page: as large as fits a square, in whole multiples of its pixels where it is smaller than that.
#pragma once

#include <algorithm>

#include "media/canvas.h"
#include "media/resize.h"

namespace drift {

struct Fitted {
    int width, height, scale;

    // Of pictures of that size, their longer side at most `side`.
    Fitted(int picture_width, int picture_height, int side) {
        const int longest = std::max(picture_width, picture_height);
        scale = longest > side ? 0 : side / longest;
        width = scale > 0 ? picture_width * scale : picture_width * side / longest;
        height = scale > 0 ? picture_height * scale : picture_height * side / longest;
    }
    void draw(Canvas& canvas, const Frame& frame, int x, int y) const {
        scale > 0 ? canvas.picture(frame, x, y, scale) : canvas.picture(resized(frame, width, height), x, y, 1);
    }
};

}  // namespace drift
