// Still parts: the slope and the noise that runs were made with come out again.
#include "measure/still_parts.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace drift {
namespace {

constexpr int side = 24, frames_of_run = 400;

// Grey pictures in which the left column moves; in the dream every other byte is off by e(t + 1) = kept e(t) + added n.
void make(double kept, double added, std::vector<Frame>& dreamed, std::vector<Frame>& truth) {
    std::mt19937 random(5);
    std::normal_distribution<double> normal;
    std::vector<double> error(side * side * 3);
    for (int t = 0; t < frames_of_run; ++t) {
        Frame real(side, side);
        for (std::size_t k = 0; k < real.rgb.size(); ++k) real.rgb[k] = 128;
        for (int y = 0; y < side; ++y) real.at(0, y)[1] = static_cast<std::uint8_t>(t % 2 * 100);
        Frame dream = real;
        for (std::size_t k = 0; t > 0 && k < error.size(); ++k) {
            error[k] = kept * error[k] + added * normal(random);
            dream.rgb[k] =
                static_cast<std::uint8_t>(std::lround(std::fmin(255, std::fmax(0, dream.rgb[k] + error[k]))));
        }
        truth.push_back(real), dreamed.push_back(dream);
    }
}

TEST(StillParts, TellWhatStaysOfAnErrorAndWhatComes) {
    for (auto [kept, added] : {std::pair{0.99, 1.0}, {0.5, 3.0}}) {
        std::vector<std::vector<Frame>> dreamed(1), truth(1);
        make(kept, added, dreamed[0], truth[0]);
        auto parts = still_parts(dreamed, truth);
        ASSERT_TRUE(parts);
        EXPECT_NEAR(parts->share, double(side - 1) / side, 1e-9) << "the column that moves is none of them";
        EXPECT_NEAR(parts->kept, kept, 0.01);
        EXPECT_NEAR(parts->added, added, 0.12) << "rounding to bytes adds a little";
        EXPECT_NEAR(parts->off_first, added * std::sqrt(2 / M_PI), 0.15);
        EXPECT_NEAR(parts->off, added / std::sqrt(1 - kept * kept) * std::sqrt(2 / M_PI), 0.4);
    }
}

TEST(StillParts, OfATrueDreamAreRightAndOfAMovingPictureThereAreNone) {
    std::vector<std::vector<Frame>> dreamed(1), truth(1);
    make(0, 0, dreamed[0], truth[0]);
    auto parts = still_parts(dreamed, truth);
    ASSERT_TRUE(parts);
    EXPECT_EQ(parts->off, 0);
    EXPECT_EQ(parts->added, 0);
    for (int t = 0; t < frames_of_run; ++t)
        for (auto& byte : truth[0][static_cast<std::size_t>(t)].rgb) byte = static_cast<std::uint8_t>(t % 2);
    EXPECT_FALSE(still_parts(dreamed, truth));
    EXPECT_FALSE(still_parts({}, {}));
    truth[0].resize(2), dreamed[0].resize(2);
    EXPECT_FALSE(still_parts(dreamed, truth)) << "one frame tells nothing of what stays";
}

}  // namespace
}  // namespace drift
