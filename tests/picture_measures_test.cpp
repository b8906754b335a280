// Measures of pictures against values from elsewhere and values worked out by hand.
#include "measure/picture_measures.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "core/error.h"

namespace drift {
namespace {

template <class F>
Frame drawn(F&& level) {
    Frame frame(64, 64);
    for (int y = 0; y < 64; ++y)
        for (int x = 0; x < 64; ++x)
            for (int c = 0; c < 3; ++c) frame.at(x, y)[c] = static_cast<std::uint8_t>(level(x, y, c));
    return frame;
}

Frame pattern(int k) {
    return drawn([k](int x, int y, int c) {
        return (c == 0 ? x * 3 + y * k : c == 1 ? x * y + 17 * k : (x + k) * (x + k) + y * 5) % 256;
    });
}

TEST(MovingPsnr, IsOfThePixelsThatTheTruthHasChanged) {
    const Frame before = drawn([](int x, int, int) { return x; });
    Frame truth = before;
    for (int x : {10, 11}) truth.at(x, 20)[1] = 200;  // two pixels move, in one channel
    truth.at(30, 30)[0] += moved_levels;              // and this one does not
    EXPECT_EQ(moving_psnr(truth, truth, before), psnr_ceiling);
    Frame dream = truth;
    dream.at(40, 40)[2] = 255;
    EXPECT_EQ(moving_psnr(dream, truth, before), psnr_ceiling) << "an error elsewhere is the PSNR's";
    // The whole object is lost: 190 and 189 levels off in two of six bytes, and hardly to be seen in the PSNR.
    EXPECT_NEAR(moving_psnr(before, truth, before), 10 * std::log10(255.0 * 255 * 6 / (190.0 * 190 + 189 * 189)), 1e-9);
    EXPECT_GT(psnr(before, truth), 40);
    EXPECT_TRUE(std::isnan(moving_psnr(dream, truth, truth))) << "nothing has moved";
    EXPECT_THROW(moving_psnr(Frame(8, 8), truth, before), Error);
    EXPECT_THROW(moving_psnr(dream, truth, Frame(8, 8)), Error);
}

// The expected values are scikit-image 0.26's structural_similarity of the lumas in double precision, with gaussian_weights=True, sigma=1.5,
// use_sample_covariance=False, data_range=255, of the same formulas in Python.
TEST(Ssim, EqualsAnIndependentImplementation) {
    auto a = pattern(1);
    EXPECT_DOUBLE_EQ(ssim(a, a), 1.0);
    EXPECT_NEAR(ssim(a, pattern(2)), 0.5943298294363002, 1e-4);
    EXPECT_NEAR(ssim(a, drawn([&](int x, int y, int c) { return a.at((x + 63) % 64, y)[c]; })), 0.37191581762851084,
                1e-4);
    EXPECT_NEAR(ssim(a, drawn([&](int x, int y, int c) { return a.at(x, y)[c] / 2; })), 0.6433806710913911, 1e-4);
    EXPECT_NEAR(ssim(a, drawn([&](int x, int y, int c) { return 255 - a.at(x, y)[c]; })), -0.9177622896951184, 1e-4);
    auto smooth = drawn([](int x, int, int) { return x * 4; });
    auto speckled = drawn([](int x, int y, int) { return std::clamp(x * 4 + (x * 7 + y * 13) % 9 - 4, 0, 255); });
    EXPECT_NEAR(ssim(smooth, speckled), 0.9513451821653762, 1e-4);
}

TEST(Ssim, RefusesWhatItCannotCompare) {
    EXPECT_THROW(ssim(Frame(64, 64), Frame(32, 64)), Error);
    EXPECT_THROW(ssim(Frame(10, 64), Frame(10, 64)), Error);
    EXPECT_THROW(ssim(Frame(), Frame()), Error);
}

TEST(Sharpness, IsTheMeanStep) {
    EXPECT_EQ(sharpness(Frame(8, 8)), 0);
    EXPECT_NEAR(sharpness(drawn([](int x, int, int) { return x * 4; })), 4, 1e-4);
    EXPECT_NEAR(sharpness(drawn([](int x, int y, int) { return 3 * x + y; })), 3.16228, 1e-4);
}

TEST(Histogram, DistanceIsTheShareOfPixelsOfAnotherColour) {
    auto left_half = [](int red) { return drawn([red](int x, int, int c) { return x < 32 && c == 0 ? red : 0; }); };
    auto dark = colour_histogram(left_half(0)), half = colour_histogram(left_half(200));
    EXPECT_NEAR(histogram_distance(dark, dark), 0, 1e-6);
    EXPECT_NEAR(histogram_distance(dark, half), 0.5, 1e-6);
    EXPECT_NEAR(histogram_distance(dark, colour_histogram(drawn([](int, int, int) { return 255; }))), 1, 1e-6);
}

TEST(Motion, IsTheMeanDifferenceInLevels) {
    auto still = pattern(1);
    EXPECT_EQ(motion(still, still), 0);
    EXPECT_DOUBLE_EQ(
        motion(drawn([](int, int, int) { return 10; }), drawn([](int x, int, int) { return x < 16 ? 50 : 10; })), 10);
    EXPECT_THROW(motion(Frame(2, 2), Frame(3, 2)), Error);
}

}  // namespace
}  // namespace drift
