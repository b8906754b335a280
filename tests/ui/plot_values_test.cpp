// What the plots say in numbers: the frames along the axis, and the table under the mouse.
#include "player/plot_values.h"

#include <gtest/gtest.h>

namespace drift {
namespace {

LaneStep lane_step(int number, double psnr, double error = Drift::unknown) {
    LaneStep lane{number, {}, Frame(2, 2), {}, {}, {}};
    lane.drift.psnr = psnr, lane.drift.object_error = error;
    return lane;
}

Step step_at(std::uint64_t position, std::uint64_t index, std::vector<LaneStep> lanes) {
    Step step;
    step.position = position, step.index = index;
    step.lanes = std::move(lanes);
    return step;
}

// Episodes of so many frames after each other.
DriftHistory history_of(std::vector<std::uint64_t> episodes) {
    DriftHistory history;
    std::uint64_t position = 0;
    for (std::uint64_t frames : episodes)
        for (std::uint64_t index = 0; index < frames; ++index)
            history.add(step_at(position++, index, {lane_step(0, 30)}));
    return history;
}

std::vector<std::pair<double, std::uint64_t>> marks_of(const DriftHistory& history, double first, double last,
                                                       int most) {
    std::vector<std::pair<double, std::uint64_t>> found;
    for (const FrameMark& mark : frame_marks(history, first, last, most)) found.push_back({mark.position, mark.index});
    return found;
}

using Marks = std::vector<std::pair<double, std::uint64_t>>;

TEST(FrameMarks, AreRoundNumbersOfTheEpisodesFrames) {
    EXPECT_EQ(marks_of(history_of({301}), 0, 300, 3), (Marks{{0, 0}, {100, 100}, {200, 200}, {300, 300}}));
    EXPECT_EQ(marks_of(history_of({301}), 90.5, 205, 3), (Marks{{100, 100}, {150, 150}, {200, 200}}));
    // The second episode begins at position 160: its hundredth frame is marked, not the history's.
    EXPECT_EQ(marks_of(history_of({160, 200}), 0, 336, 4), (Marks{{0, 0}, {100, 100}, {160, 0}, {260, 100}}));
    // An opening is marked even where that costs the round number just before it.
    EXPECT_EQ(marks_of(history_of({110, 90}), 0, 199, 2), (Marks{{0, 0}, {110, 0}}));
}

TEST(DriftHistories, AFutureTakenInItsPlaceLeavesNothingBehindAndABranchDoes) {
    DriftHistory history = history_of({20});
    Step taken = step_at(19, 19, {lane_step(0, 25)});
    taken.kind = Step::Kind::loaded;
    history.add(taken);
    EXPECT_TRUE(history.ghost().empty());
    ASSERT_EQ(history.end(), 20u);
    EXPECT_EQ(history.at(19)->of(0)->psnr, 25);
    history.add(step_at(12, 12, {lane_step(0, 31)}));
    EXPECT_EQ(history.ghost().size(), 8u);
}

TEST(FrameMarks, GoOnAfterTheNewestFrame) {
    EXPECT_EQ(marks_of(history_of({20}), 0, 300, 3), (Marks{{0, 0}, {100, 100}, {200, 200}, {300, 300}}));
    EXPECT_EQ(marks_of(history_of({160, 20}), 100, 400, 3), (Marks{{100, 100}, {160, 0}, {260, 100}, {360, 200}}));
}

TEST(FrameMarks, OfNothing) {
    EXPECT_TRUE(frame_marks({}, 0, 300, 4).empty());
    EXPECT_TRUE(frame_marks(history_of({20}), 5, 5, 4).empty());
    EXPECT_TRUE(frame_marks(history_of({20}), 300, 0, 4).empty());
    EXPECT_EQ(marks_of(history_of({20}), 3, 5, 50), (Marks{{3, 3}, {4, 4}, {5, 5}})) << "no half frames";
}

const DriftMeasure* measure(const char* name) { return find_measure(name); }

TEST(ValueTable, HasEachLaneAndEachPlotAtTheSameFrame) {
    View view;
    view.world.emplace().rate = 15;
    view.history.add(step_at(0, 0, {lane_step(0, 60), lane_step(3, 60)}));
    view.history.add(step_at(1, 1, {lane_step(0, 35.24, 2), lane_step(3, Drift::unknown, 11.5)}));
    const DriftMeasure* measures[] = {measure("psnr"), measure("object_error")};
    auto table = value_table(view, 1, measures);
    ASSERT_TRUE(table);
    EXPECT_EQ(table->title, "Frame 1, 0.1 s");
    EXPECT_EQ(table->columns, (std::vector<std::string>{"PSNR to the truth, dB", "Object position error, px"}));
    ASSERT_EQ(table->rows.size(), 2u);
    EXPECT_EQ(table->rows[0].lane, 0);
    EXPECT_EQ(table->rows[0].name, "Lane 1");
    EXPECT_EQ(table->rows[0].cells, (std::vector<std::string>{"35.2", "2.00"}));
    EXPECT_EQ(table->rows[1].lane, 3);
    EXPECT_EQ(table->rows[1].name, "Lane 4");
    EXPECT_EQ(table->rows[1].cells, (std::vector<std::string>{"-", "11.5"}));
    EXPECT_TRUE(table->changes.empty());

    EXPECT_FALSE(value_table(view, 2, measures)) << "not played yet";
    const DriftMeasure* twice[] = {measure("ssim"), measure("ssim")};
    EXPECT_EQ(value_table(view, 1, twice)->columns, (std::vector<std::string>{"SSIM to the truth"}));
    view.layout.plots.hidden.insert(0);
    table = value_table(view, 1, measures);
    ASSERT_EQ(table->rows.size(), 1u) << "a hidden line has no values either";
    EXPECT_EQ(table->rows[0].lane, 3);
}

TEST(ValueTable, SaysTheTimeInTheEpisode) {
    View view;
    const DriftMeasure* measures[] = {measure("psnr")};
    for (std::uint64_t i = 0; i < 1000; ++i) view.history.add(step_at(i, i, {lane_step(0, 30)}));
    EXPECT_EQ(value_table(view, 7, measures)->title, "Frame 7") << "no world says how long a frame is";
    view.world.emplace().rate = 15;
    EXPECT_EQ(value_table(view, 899, measures)->title, "Frame 899, 59.9 s");
    EXPECT_EQ(value_table(view, 900, measures)->title, "Frame 900, 1:00.0 min");
    EXPECT_EQ(value_table(view, 982, measures)->title, "Frame 982, 1:05.5 min");
    view.world->rate = 1000;
    EXPECT_EQ(value_table(view, 999, measures)->title, "Frame 999, 1.0 s");
}

TEST(ValueTable, HasThePreviousTimelineAndWhatWasChanged) {
    View view;
    const DriftMeasure* measures[] = {measure("psnr")};
    for (std::uint64_t i = 0; i < 6; ++i) view.history.add(step_at(i, i, {lane_step(0, 20 + static_cast<double>(i))}));
    Step again = step_at(4, 4, {lane_step(0, 40)});
    again.lanes[0].settings.steps = 7;
    view.history.add(again);
    auto table = value_table(view, 4, measures);
    ASSERT_EQ(table->rows.size(), 2u);
    EXPECT_EQ(table->rows[0].name, "Dream");
    EXPECT_EQ(table->rows[0].cells, (std::vector<std::string>{"40.0"}));
    EXPECT_TRUE(table->rows[1].ghost && !table->rows[0].ghost);
    EXPECT_EQ(table->rows[1].name, "Previous timeline");
    EXPECT_EQ(table->rows[1].cells, (std::vector<std::string>{"24.0"}));
    ASSERT_EQ(table->changes.size(), 1u);
    EXPECT_NE(table->changes[0].find("7"), std::string::npos) << table->changes[0];
    EXPECT_EQ(value_table(view, 3, measures)->rows.size(), 1u) << "it branched off after this frame";
    view.layout.ghost = false;
    EXPECT_EQ(value_table(view, 4, measures)->rows.size(), 1u);
}

}  // namespace
}  // namespace drift
