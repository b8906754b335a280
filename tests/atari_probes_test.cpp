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
