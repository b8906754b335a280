// The legend of the map in words: who is where, and who is off it.
#include "player/panels/map_marks.h"

#include <gtest/gtest.h>

#include <cmath>

namespace drift {
namespace {

TEST(MapLegend, SaysWhoIsWhereAndWhoIsOffTheMap) {
    Step step;
    for (int number : {0, 2, 3}) step.lanes.push_back({number, {}, Frame(2, 2), {}, {}, {}});
    step.truth_probe.objects = {Point{100, 50}};
    step.lanes[0].probe.objects = {Point{100, 50}};
    step.lanes[1].probe.objects = {Point{104, 38}};
    step.lanes[2].probe.objects = {std::nullopt};
    auto entries = map_entries(step);
    ASSERT_EQ(entries.size(), 4u);
    EXPECT_FALSE(entries[0].lane);
    EXPECT_EQ(entries[0].words(), "where you are");
    EXPECT_EQ(entries[1].lane, 0);
    EXPECT_EQ(entries[1].words(), "believes you are in the same place");
    EXPECT_EQ(entries[2].name, "Lane 3");
    EXPECT_EQ(entries[2].off, 12) << "as the plot of the object position error has it";
    EXPECT_EQ(entries[2].words(), "believes you are 12 px away");
    EXPECT_FALSE(entries[3].sure() || entries[3].found);
    EXPECT_EQ(entries[3].words(), "cannot be found on the map") << "for less than a second";
    step.lanes[2].collapsed = 23;
    step.lanes[1].collapsed = 30;
    entries = map_entries(step);
    EXPECT_EQ(entries[3].words(), "off the map since frame 23");
    EXPECT_TRUE(entries[2].found && !entries[2].sure());
    EXPECT_EQ(entries[2].words(), "off the map since frame 30 (closest match 12 px away)");
    step.lanes.resize(1);
    EXPECT_EQ(map_entries(step)[1].name, "Dream");
    step.truth_probe.objects.clear();
    EXPECT_TRUE(std::isnan(map_entries(step)[1].off));
    EXPECT_EQ(map_entries(step)[1].words(), "where this dream believes you are");
}

}  // namespace
}  // namespace drift
