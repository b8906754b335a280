#include "core/thumbnail.h"

#include <algorithm>

namespace drift {

Frame thumbnail_of(const Frame& frame, int side) {
    int block = std::max(1, (std::max(frame.width, frame.height) + side - 1) / side);
    Frame small(frame.width / block, frame.height / block);
    for (int y = 0; y < small.height; ++y)
        for (int x = 0; x < small.width; ++x)
            for (int c = 0; c < 3; ++c) {
                int sum = 0;
                for (int i = 0; i < block * block; ++i)
                    sum += frame.at(x * block + i % block, y * block + i / block)[c];
                small.at(x, y)[c] = static_cast<std::uint8_t>(sum / (block * block));
            }
    return small;
}

}  // namespace drift
