// What is found in Atari's pictures: in real ones, in drawn ones, and in none at all.
#include "games/atari_probes.h"

#include <gtest/gtest.h>

#include "formats/npy.h"

namespace drift {
namespace {

const AtariProbe& breakout() { return *atari_probe("ale/Breakout,sticky=0.25", 64, 64); }

void draw(Frame& frame, int x, int y, int red, int green, int blue) {
    auto* pixel = frame.rgb.data() + (static_cast<std::size_t>(y) * 64 + static_cast<std::size_t>(x)) * 3;
    pixel[0] = static_cast<std::uint8_t>(red), pixel[1] = static_cast<std::uint8_t>(green),
    pixel[2] = static_cast<std::uint8_t>(blue);
}

TEST(AtariProbes, KnowTheirGamesAlone) {
    EXPECT_EQ(atari_probe("ale/Breakout", 84, 84), nullptr);
    EXPECT_EQ(atari_probe("ale/Seaquest", 64, 64), nullptr);
    EXPECT_EQ(atari_probe("ale/Break", 64, 64), nullptr);
    EXPECT_EQ(breakout().objects, (std::vector<std::string>{"ball", "paddle"}));
}

TEST(AtariProbes, ReadTheRealOpening) {
    NpyReader frames("tests/atari/Breakout.npy");
    ASSERT_EQ(frames.shape().size(), 4u);
    Frame frame(64, 64);
    frames.read(frame.rgb.data(), frame.rgb.size());
    Probe found = breakout().find(frame);
    EXPECT_FALSE(found.objects[0]) << "no ball before it is served";
    ASSERT_TRUE(found.objects[1]);
    EXPECT_NEAR(found.objects[1]->y, 58, 1);
    EXPECT_EQ(found.counts[0], 108);
    // Three bricks of the lowest row, in the emulator's pixels 8 to 32 across and 87 to 93 down.
    for (int y = 27; y <= 28; ++y)
        for (int x = 4; x < 12; ++x) draw(frame, x, y, 0, 0, 0);
    EXPECT_NEAR(*breakout().find(frame).counts[0], 105, 1);
}

TEST(AtariProbes, FindWhatIsDrawnToAFractionOfAPixel) {
    Frame frame(64, 64);
    EXPECT_FALSE(breakout().find(frame).objects[0]);
    EXPECT_EQ(breakout().find(frame).counts[0], 0);
    draw(frame, 30, 40, 200, 72, 72);
    auto whole = breakout().find(frame).objects[0];
    ASSERT_TRUE(whole);
    EXPECT_NEAR(whole->x, 30.5f, 0.01f);
    EXPECT_NEAR(whole->y, 40.5f, 0.01f);
    draw(frame, 30, 40, 112, 72, 72), draw(frame, 31, 40, 112, 72, 72);
    auto between = breakout().find(frame).objects[0];
    ASSERT_TRUE(between);
    EXPECT_NEAR(between->x, 31.0f, 0.01f);
    draw(frame, 30, 40, 40, 0, 0), draw(frame, 31, 40, 0, 0, 0);
    EXPECT_FALSE(breakout().find(frame).objects[0]) << "a shimmer is no ball";
}

// In the lowest lane cars are as yellow as the chicken, and larger, but not so bright.
TEST(AtariProbes, ACarIsNoChicken) {
    const AtariProbe& freeway = *atari_probe("ale/Freeway", 64, 64);
    Frame frame(64, 64);
    for (int y = 0; y < 64; ++y)
        for (int x = 0; x < 64; ++x) draw(frame, x, y, 142, 142, 142);
    for (int y = 52; y < 55; ++y)
        for (int x = 16; x < 22; ++x) draw(frame, x, y, 209, 209, 112);
    for (int x = 17; x < 20; ++x) draw(frame, x, 57, 190, 190, 130), draw(frame, x, 58, 239, 239, 97);
    auto chicken = freeway.find(frame).objects[0];
    ASSERT_TRUE(chicken);
    EXPECT_NEAR(chicken->y, 58.2f, 0.3f);
}

// The picture shows the last two of the emulator's: a paddle that moves is seen in both places, and is taken to be between them.
TEST(AtariProbes, WhatIsSmearedStandsInItsMiddle) {
    const AtariProbe& pong = *atari_probe("ale/Pong", 64, 64);
    Frame frame(64, 64);
    for (int y = 0; y < 64; ++y)
        for (int x = 0; x < 64; ++x) draw(frame, x, y, 144, 72, 17);
    for (int y = 30; y < 37; ++y) draw(frame, 56, y, 92, 186, 92);  // five high, two further on
    auto player = pong.find(frame).objects[1];
    ASSERT_TRUE(player);
    EXPECT_NEAR(player->y, 33.5f, 0.1f);
    Frame field(64, 64);
    for (int y = 57; y < 59; ++y)
        for (int x = 20; x < 29; ++x) draw(field, x, y, 200, 72, 72);
    auto paddle = breakout().find(field).objects[1];
    ASSERT_TRUE(paddle);
    EXPECT_NEAR(paddle->x, 24.5f, 0.1f);
}

TEST(AtariProbes, PlayTowardsTheBall) {
    Probe truth;
    truth.objects = {Point{40, 40}, Point{20, 58}};
    EXPECT_EQ(breakout().play(truth), "right");
    truth.objects[0]->x = 10;
    EXPECT_EQ(breakout().play(truth), "left");
    truth.objects[0].reset();
    EXPECT_EQ(breakout().play(truth), "fire");
}

}  // namespace
}  // namespace drift
