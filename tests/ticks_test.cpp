// The marks of an axis: exactly the round numbers, on ranges of every kind.
#include "core/ticks.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace drift {
namespace {

using Marks = std::vector<double>;
constexpr double nan = std::numeric_limits<double>::quiet_NaN(), infinity = std::numeric_limits<double>::infinity();

TEST(Ticks, StepsAreOneTwoOrFiveTimesAPowerOfTen) {
    EXPECT_EQ(tick_step(10, 10), 1);
    EXPECT_EQ(tick_step(10, 9), 2);
    EXPECT_EQ(tick_step(10, 5), 2);
    EXPECT_EQ(tick_step(10, 4), 5);
    EXPECT_EQ(tick_step(10, 2), 5);
    EXPECT_EQ(tick_step(10, 1), 10);
    EXPECT_EQ(tick_step(50, 4), 20);
    EXPECT_EQ(tick_step(0.3, 3), 0.1);
    EXPECT_EQ(tick_step(300, 7), 50);
    EXPECT_EQ(tick_step(3, 10, 1), 1) << "no half frames";
    EXPECT_EQ(tick_step(300, 7, 1), 50);
    EXPECT_EQ(tick_step(10, 0), 10) << "room for none is room for one";
    EXPECT_EQ(tick_step(10, -3), 10);
}

TEST(Ticks, StandAtEveryMultipleWithin) {
    EXPECT_EQ(ticks(10, 60, 5), (Marks{10, 20, 30, 40, 50, 60}));
    EXPECT_EQ(ticks(9.7, 61.3, 6), (Marks{10, 20, 30, 40, 50, 60}));
    EXPECT_EQ(ticks(0, 1, 4), (Marks{0, 0.5, 1}));
    EXPECT_EQ(ticks(0, 1, 10), (Marks{0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1})) << "to the last bit";
    EXPECT_EQ(ticks(-5, 15, 4), (Marks{-5, 0, 5, 10, 15}));
    EXPECT_EQ(ticks(-0.31, -0.08, 3), (Marks{-0.3, -0.2, -0.1}));
    EXPECT_EQ(ticks(1, 64, 10, 1), (Marks{10, 20, 30, 40, 50, 60}));
    EXPECT_EQ(ticks(1, 3, 10, 1), (Marks{1, 2, 3}));
    EXPECT_EQ(ticks(12'345, 12'645, 4), (Marks{12'400, 12'500, 12'600}));
    EXPECT_FALSE(std::signbit(ticks(-1, 1, 2)[1])) << "zero is not written -0";
}

TEST(Ticks, OfTinyAndHugeRanges) {
    EXPECT_EQ(ticks(0, 3e-9, 3), (Marks{0, 1e-9, 2e-9, 3e-9}));
    EXPECT_EQ(ticks(0, 4e12, 4), (Marks{0, 1e12, 2e12, 3e12, 4e12}));
    EXPECT_EQ(ticks(1'000'000, 1'000'002, 2), (Marks{1'000'000, 1'000'001, 1'000'002}));
    // Where doubles lie further apart than the marks would, there are a few, they rise, and it ends.
    for (double low : {1e300, 1e16, -1e16}) {
        const Marks marks = ticks(low, std::nextafter(low, infinity), 10);
        EXPECT_LE(marks.size(), 12u);
        for (std::size_t i = 1; i < marks.size(); ++i) EXPECT_LT(marks[i - 1], marks[i]);
    }
    EXPECT_TRUE(ticks(0, 1e-320, 4).empty());
    EXPECT_TRUE(ticks(-1e308, 1e308, 4).empty()) << "the span is no number";
}

TEST(Ticks, OfNoRange) {
    EXPECT_EQ(ticks(7.3, 7.3, 5), Marks{7.3});
    EXPECT_TRUE(ticks(2, 1, 5).empty());
    EXPECT_TRUE(ticks(0.4, 0.6, 1, 1).empty()) << "no whole number lies between";
    for (double odd : {nan, infinity, -infinity}) {
        EXPECT_TRUE(ticks(odd, 1, 5).empty());
        EXPECT_TRUE(ticks(0, odd, 5).empty());
        EXPECT_TRUE(ticks(odd, odd, 5).empty());
        EXPECT_TRUE(log_ticks(odd, 1, 5).empty());
        EXPECT_TRUE(log_ticks(1, odd, 5).empty());
    }
    for (double odd : {nan, infinity, 0.0, -1.0}) EXPECT_EQ(tick_step(odd, 5), 0);
}

TEST(Ticks, OfALogarithmicAxis) {
    EXPECT_EQ(log_ticks(0.01, 10, 12), (Marks{0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10}));
    EXPECT_EQ(log_ticks(0.01, 10, 9), (Marks{0.01, 0.1, 1, 10}));
    EXPECT_EQ(log_ticks(0.01, 10, 3), (Marks{0.01, 0.1, 1, 10}));
    EXPECT_EQ(log_ticks(0.01, 10, 2), (Marks{0.01, 1}));
    EXPECT_EQ(log_ticks(1e-6, 1e6, 4), (Marks{1e-6, 1e-3, 1, 1e3, 1e6}));
    EXPECT_EQ(log_ticks(0.03, 4, 20), (Marks{0.05, 0.1, 0.2, 0.5, 1, 2}));
    EXPECT_EQ(log_ticks(1, 1, 4), Marks{1});
    EXPECT_TRUE(log_ticks(3, 4, 4).empty());
    EXPECT_TRUE(log_ticks(10, 1, 4).empty());
    EXPECT_TRUE(log_ticks(0, 1, 4).empty());
    EXPECT_TRUE(log_ticks(-1, 1, 4).empty());
}

TEST(Ticks, AreWrittenShortly) {
    EXPECT_EQ(tick_label(0), "0");
    EXPECT_EQ(tick_label(ticks(0, 1, 10)[3]), "0.3");
    EXPECT_EQ(tick_label(-20), "-20");
    EXPECT_EQ(tick_label(12'000), "12000");
    EXPECT_EQ(tick_label(1'000'001), "1000001");
    EXPECT_EQ(tick_label(1e12), "1e+12");
    EXPECT_EQ(tick_label(1e-6), "1e-06");
}

}  // namespace
}  // namespace drift
