// Pictures in another size: means of areas, colours kept.
#include "media/resize.h"

#include <cstdlib>

#include "media_fixture.h"

namespace drift {
namespace {

TEST_F(Media, ResizingKeepsAPlainColour) {
    Frame frame(97, 55);
    for (std::size_t i = 0; i < frame.rgb.size(); i += 3)
        frame.rgb[i] = 255, frame.rgb[i + 1] = 16, frame.rgb[i + 2] = 1;
    for (auto [width, height] : {std::pair{64, 64}, {16, 16}, {97, 55}, {200, 100}}) {
        Frame smaller = resized(frame, width, height);
        ASSERT_EQ(smaller.rgb.size(), static_cast<std::size_t>(width) * height * 3);
        for (std::size_t i = 0; i < smaller.rgb.size(); ++i)
            EXPECT_NEAR(smaller.rgb[i], frame.rgb[i % 3], 1) << width << "x" << height;
    }
}

TEST_F(Media, ResizingIsTheMeanOfEachArea) {
    Frame frame = scene(128, 96, 3);
    Frame half = resized(frame, 32, 24);
    for (int y = 0; y < 24; ++y)
        for (int x = 0; x < 32; ++x)
            for (int colour = 0; colour < 3; ++colour) {
                int sum = 0;
                for (int k = 0; k < 16; ++k) sum += frame.at(4 * x + k % 4, 4 * y + k / 4)[colour];
                EXPECT_NEAR(half.at(x, y)[colour], sum / 16.0, 1.5) << x << ", " << y;
            }
    EXPECT_EQ(resized(frame, 128, 96), frame);
}

}  // namespace
}  // namespace drift
