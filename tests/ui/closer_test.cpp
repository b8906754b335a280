// Looking closer: what is under the mouse stays there, nothing outside of a picture is shown, and a pixel is the one that is drawn.
#include "player/closer.h"

#include <gtest/gtest.h>

#include "player/lanes.h"

namespace drift {
namespace {

TEST(Closer, ZoomKeepsWhatIsUnderTheMouse) {
    Closer closer;
    const Texel before = texel_at(closer, 0.3f, 0.7f, 64, 64);
    for (int i = 0; i < 8; ++i) {
        zoom_at(closer, 1.25f, 0.3f, 0.7f);
        const Texel now = texel_at(closer, 0.3f, 0.7f, 64, 64);
        EXPECT_NEAR(now.x, before.x, 1);
        EXPECT_NEAR(now.y, before.y, 1);
    }
    for (int i = 0; i < 20; ++i) zoom_at(closer, 0.5f, 0.1f, 0.9f);
    EXPECT_TRUE(closer.whole());
    EXPECT_FLOAT_EQ(closer.x, 0.5f) << "all of the picture stands where it stood";
    EXPECT_FLOAT_EQ(closer.y, 0.5f);
}

TEST(Closer, NothingOutsideOfThePictureIsSeen) {
    const Box seen{100, 50, 200, 200};
    Closer closer;
    zoom_at(closer, 4, 0, 0);
    for (auto [across, down] : {std::pair{5.0f, 5.0f}, {-9.0f, 2.0f}, {3.0f, -7.0f}}) {
        pan(closer, across, down);
        const Box whole = whole_box(closer, seen);
        EXPECT_LE(whole.x, seen.x + 0.01f);
        EXPECT_LE(whole.y, seen.y + 0.01f);
        EXPECT_GE(whole.x + whole.width, seen.x + seen.width - 0.01f);
        EXPECT_GE(whole.y + whole.height, seen.y + seen.height - 0.01f);
    }
    zoom_at(closer, 1000, 0.5f, 0.5f);
    EXPECT_FLOAT_EQ(closer.zoom, most_zoom);
    closer = {};
    EXPECT_FLOAT_EQ(whole_box(closer, seen).x, seen.x);
    EXPECT_FLOAT_EQ(whole_box(closer, seen).width, seen.width);
    EXPECT_EQ(texel_at(closer, 1, 1, 64, 32).x, 63) << "the edge belongs to the last pixel";
    EXPECT_EQ(texel_at(closer, 1, 1, 64, 32).y, 31);
}

Step step_at(std::uint64_t position, std::uint8_t level) {
    Step step;
    step.position = position;
    step.lanes.resize(1);
    step.lanes[0].lane = 2;
    step.lanes[0].frame = Frame(4, 4);
    for (auto& byte : step.lanes[0].frame.rgb) byte = level;
    return step;
}

TEST(Closer, APixelsPastGoesBackWithThePlay) {
    PixelHistory history;
    for (std::uint64_t i = 0; i < 5; ++i) history.add(step_at(i, static_cast<std::uint8_t>(10 * i)));
    EXPECT_EQ(history.brightness(2, {1, 1}).size(), 5u);
    EXPECT_NEAR(history.brightness(2, {1, 1}).back(), 40, 1e-3);
    EXPECT_TRUE(history.brightness(0, {1, 1}).empty()) << "no such lane";
    EXPECT_TRUE(history.brightness(2, {4, 0}).empty()) << "no such pixel";
    history.add(step_at(2, 90));
    EXPECT_EQ(history.brightness(2, {0, 0}).size(), 3u);
    EXPECT_NEAR(history.brightness(2, {0, 0}).back(), 90, 1e-3);
    for (std::uint64_t i = 3; i < 500; ++i) history.add(step_at(i, 1));
    EXPECT_EQ(history.brightness(2, {0, 0}).size(), PixelHistory::most_frames);
}

TEST(Closer, AWipeIsBetweenTwoThatAreThere) {
    View view;
    view.step = step_at(1, 5);
    view.step->lanes[0].lane = 0;
    view.closer.wipe = true;
    EXPECT_FALSE(wiping(view)) << "there is nothing beside it";
    view.step->truth = Frame(4, 4);
    EXPECT_TRUE(wiping(view));
    EXPECT_EQ(wiped_pictures(view).right, -1) << "the truth";
    view.step->lanes.push_back(view.step->lanes[0]);
    view.step->lanes[1].lane = 1;
    view.lanes.all.push_back({1, 0, {}});
    view.lanes.chosen = 1;
    EXPECT_EQ(wiped_pictures(view).left, 1);
    EXPECT_EQ(wiped_pictures(view).right, 0) << "the main lane";
    view.lanes.chosen = 0;
    view.step->truth = {};
    EXPECT_EQ(wiped_pictures(view).right, 1);
    EXPECT_TRUE(wiping(view));
    view.closer.wipe = false;
    EXPECT_FALSE(wiping(view));
}

}  // namespace
}  // namespace drift
