// Noise: the published vectors of its generator, its distribution, and that it depends on nothing but its key.
#include "core/noise.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <thread>
#include <vector>

namespace drift {
namespace {

std::vector<float> draw(const NoiseKey& key, std::uint32_t index, std::size_t count) {
    std::vector<float> values(count);
    noise(key, index, values);
    return values;
}

double correlation(const std::vector<float>& a, const std::vector<float>& b) {
    double product = 0, aa = 0, bb = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        product += double(a[i]) * b[i];
        aa += double(a[i]) * a[i];
        bb += double(b[i]) * b[i];
    }
    return product / std::sqrt(aa * bb);
}

// Known answers of Random123, the authors' own library (its kat_vectors, "philox4x32 10").
TEST(Philox, GivesThePublishedVectors) {
    using Block = std::array<std::uint32_t, 4>;
    EXPECT_EQ(philox({0, 0, 0, 0}, {0, 0}), (Block{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
    EXPECT_EQ(philox({~0u, ~0u, ~0u, ~0u}, {~0u, ~0u}), (Block{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
    EXPECT_EQ(philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}),
              (Block{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

// The counter's layout is part of what makes a recorded session replay: these words may never change.
TEST(Noise, StaysWhatItWas) {
    NoiseKey zero;
    EXPECT_EQ(random_bits(zero, 0, 0), 0x6627e8d5u);
    EXPECT_EQ(random_bits(zero, 0, 3), 0x9b00dbd8u);
    NoiseKey key{.seed = 0x299f31d0a4093822, .step = 0x03707344, .lane = 0x13198a2e};
    EXPECT_EQ(random_bits(key, 0x85a308d3, 0),
              philox({0, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0})[0]);
    // Box-Muller of the first vector's words, computed apart from this code in double precision.
    auto normals = draw(zero, 0, 4);
    EXPECT_NEAR(normals[0], 0.9911377, 1e-6);
    EXPECT_NEAR(normals[1], -0.9246626, 1e-6);
    EXPECT_NEAR(normals[2], -0.6176090, 1e-6);
    EXPECT_NEAR(normals[3], -0.4820686, 1e-6);
}

// A million values; the limits are five standard errors of each estimate.
TEST(Noise, HasTheMomentsOfANormal) {
    constexpr std::size_t count = 1 << 20;
    auto values = draw({.seed = 7, .step = 3, .lane = 1}, draw_index(Draw::churn, 2), count);
    double mean = 0, second = 0, third = 0, fourth = 0;
    for (float v : values) mean += v;
    mean /= count;
    for (float v : values) {
        double d = v - mean;
        second += d * d;
        third += d * d * d;
        fourth += d * d * d * d;
    }
    double variance = second / count;
    EXPECT_NEAR(mean, 0, 5 / std::sqrt(count));
    EXPECT_NEAR(variance, 1, 5 * std::sqrt(2.0 / count));
    EXPECT_NEAR(third / count / std::pow(variance, 1.5), 0, 5 * std::sqrt(6.0 / count));
    EXPECT_NEAR(fourth / count / (variance * variance), 3, 5 * std::sqrt(24.0 / count));
    for (double edge : {1.0, 2.0, 3.0, 4.0}) {
        double expected = count * std::erfc(edge / std::sqrt(2.0));
        auto beyond = std::count_if(values.begin(), values.end(), [&](float v) { return std::abs(v) > edge; });
        EXPECT_NEAR(static_cast<double>(beyond), expected, 5 * std::sqrt(expected)) << "beyond " << edge;
    }
    // Sixty-four equally likely bins: chi-square with 63 degrees of freedom is 63 +- 11.
    std::vector<double> bins(64);
    for (float v : values) bins[std::min(63, static_cast<int>(32 * std::erfc(-v / std::sqrt(2.0))))] += 1;
    double chi = 0;
    for (double bin : bins) chi += (bin - count / 64.0) * (bin - count / 64.0) / (count / 64.0);
    EXPECT_LT(chi, 63 + 5 * std::sqrt(2 * 63.0));
    EXPECT_GT(chi, 63 - 5 * std::sqrt(2 * 63.0));
}

TEST(Noise, IsUncorrelatedBetweenStreamsAndWithinOne) {
    constexpr std::size_t count = 1 << 18;
    double limit = 5 / std::sqrt(count);
    NoiseKey key{.seed = 11, .step = 5, .lane = 0};
    auto base = draw(key, draw_index(Draw::initial), count);
    EXPECT_LT(std::abs(correlation(base, draw({.seed = 11, .step = 5, .lane = 1}, draw_index(Draw::initial), count))),
              limit)
        << "lanes";
    EXPECT_LT(std::abs(correlation(base, draw({.seed = 11, .step = 6, .lane = 0}, draw_index(Draw::initial), count))),
              limit)
        << "steps";
    EXPECT_LT(std::abs(correlation(base, draw({.seed = 12, .step = 5, .lane = 0}, draw_index(Draw::initial), count))),
              limit)
        << "seeds";
    EXPECT_LT(std::abs(correlation(base, draw(key, draw_index(Draw::churn), count))), limit) << "uses";
    EXPECT_LT(std::abs(correlation(base, draw(key, draw_index(Draw::initial, 1), count))), limit) << "draws";
    for (std::size_t lag : {1, 2, 3, 4, 64}) {
        std::vector<float> later(base.begin() + static_cast<std::ptrdiff_t>(lag), base.end());
        std::vector<float> earlier(base.begin(), base.end() - static_cast<std::ptrdiff_t>(lag));
        EXPECT_LT(std::abs(correlation(earlier, later)), limit) << "lag " << lag;
    }
    // Box-Muller makes pairs: their sizes must not go together either.
    std::vector<float> first, second;
    for (std::size_t i = 0; i < count; i += 2) {
        first.push_back(base[i] * base[i] - 1);
        second.push_back(base[i + 1] * base[i + 1] - 1);
    }
    EXPECT_LT(std::abs(correlation(first, second)), 5 / std::sqrt(count / 2)) << "squares of a pair";
}

TEST(Noise, DoesNotDependOnHowMuchIsAskedFor) {
    NoiseKey key{.seed = 1, .step = 2, .lane = 3};
    auto whole = draw(key, 4, 1003);
    for (std::size_t count : {0, 1, 2, 3, 4, 5, 7, 8, 511, 1002}) {
        auto part = draw(key, 4, count);
        EXPECT_TRUE(std::equal(part.begin(), part.end(), whole.begin())) << count;
    }
}

TEST(Noise, DoesNotDependOnThreadsOrTheirOrder) {
    constexpr std::uint32_t lanes = 8;
    std::vector<std::vector<float>> alone, together(lanes);
    for (std::uint32_t lane = 0; lane < lanes; ++lane)
        alone.push_back(draw({.seed = 9, .step = 1, .lane = lane}, 0, 5000));
    {
        std::vector<std::jthread> threads;
        for (std::uint32_t lane = lanes; lane-- > 0;)
            threads.emplace_back(
                [&together, lane] { together[lane] = draw({.seed = 9, .step = 1, .lane = lane}, 0, 5000); });
    }
    EXPECT_EQ(alone, together);
}

// Philox is one-to-one in its counter, so equal blocks of one seed would mean that two streams share a counter.
TEST(Noise, StreamsNeverOverlap) {
    std::set<std::array<std::uint32_t, 4>> blocks;
    std::size_t drawn = 0;
    for (Draw use : {Draw::initial, Draw::churn, Draw::context, Draw::data})
        for (int index : {0, 1, 2, 63, 0xFFFF})
            for (std::uint32_t lane : {0u, 1u, 2u, 0xFFFFFFFFu})
                for (std::uint64_t step : {0ull, 1ull, 2ull, 0xFFFFFFFFull, 0x100000000ull, 0x100000001ull,
                                           0x200000000ull, (1ull << 46) - 1})
                    for (std::uint32_t i : {0u, 4u, 8u, 1u << 20}) {
                        NoiseKey key{.seed = 5, .step = step, .lane = lane};
                        std::array<std::uint32_t, 4> block;
                        for (std::uint32_t word = 0; word < 4; ++word)
                            block[word] = random_bits(key, draw_index(use, index), i + word);
                        blocks.insert(block);
                        ++drawn;
                    }
    EXPECT_EQ(blocks.size(), drawn);
}

TEST(Noise, IsFiniteWhereTheUniformIsSmallest) {
    // The longest normal that 32 bits give is sqrt(-2 ln 2^-32) = 6.66; nothing may be beyond it or not a number.
    for (std::uint64_t seed = 0; seed < 64; ++seed)
        for (float v : draw({.seed = seed}, 0, 4096)) ASSERT_LE(std::abs(v), 6.67f);
}

}  // namespace
}  // namespace drift
