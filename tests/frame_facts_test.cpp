// What is said of an episode's frames: how bright, which repeat, where something is missing, and which episodes are the same.
#include "data/frame_facts.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace drift {
namespace {

Frame grey(int level) {
    Frame frame(4, 4);
    std::fill(frame.rgb.begin(), frame.rgb.end(), static_cast<std::uint8_t>(level));
    return frame;
}

FrameFacts facts_of(const std::vector<int>& levels) {
    FrameWatch watch;
    for (int level : levels) watch.see(grey(level));
    return watch.facts();
}

TEST(FrameFacts, BrightnessRepeatsAndJumps) {
    const FrameFacts facts = facts_of({10, 11, 12, 12, 12, 13, 14, 90, 91, 92});
    EXPECT_EQ(facts.frames, 10u);
    EXPECT_DOUBLE_EQ(facts.brightness, 35.7);
    EXPECT_EQ(facts.darkest, 10);
    EXPECT_EQ(facts.brightest, 92);
    EXPECT_EQ(facts.repeated, 2u);
    EXPECT_EQ(facts.longest_still, 3u);
    EXPECT_EQ(facts.still_from, 2u);
    EXPECT_EQ(facts.jumps, std::vector<std::size_t>{7});
}

TEST(FrameFacts, WhatIsUsualIsNoJumpAndAStillOneHasNone) {
    EXPECT_TRUE(facts_of({0, 100, 0, 100, 0}).jumps.empty());
    const FrameFacts still = facts_of({7, 7, 7});
    EXPECT_EQ(still.repeated, 2u);
    EXPECT_EQ(still.longest_still, 3u);
    EXPECT_TRUE(still.jumps.empty());
    EXPECT_EQ(FrameWatch().facts().frames, 0u);
}

TEST(FrameFacts, EqualEpisodesHaveOneFingerprint) {
    EXPECT_EQ(facts_of({1, 2, 3}).fingerprint, facts_of({1, 2, 3}).fingerprint);
    EXPECT_NE(facts_of({1, 2, 3}).fingerprint, facts_of({1, 3, 2}).fingerprint);
    EXPECT_NE(facts_of({1, 2, 3}).fingerprint, facts_of({1, 2}).fingerprint);
}

}  // namespace
}  // namespace drift
