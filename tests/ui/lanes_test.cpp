// Lanes as the player keeps them: a number never comes twice, and another session begins without what belonged to the one before.
#include "player/lanes.h"

#include <gtest/gtest.h>

#include <set>

namespace drift {
namespace {

Step step_with(std::vector<int> numbers) {
    Step step;
    for (int number : numbers) step.lanes.push_back({number, {}, Frame(2, 2), {}, {}, {}});
    return step;
}

TEST(PlayerLanes, ANumberNeverComesTwice) {
    View view;
    std::set<int> seen{0};
    for (int round = 0; round < 20; ++round) {
        add_lane(view);
        const int number = view.lanes.chosen;
        EXPECT_TRUE(seen.insert(number).second) << number << " again: the thread would go on with its old dream";
        std::set<int> colours;
        for (const Lane& lane : view.lanes.all) colours.insert(lane.number % 4);
        EXPECT_EQ(colours.size(), view.lanes.all.size()) << "two lanes of one colour";
        if (round % 3 == 2)
            remove_lane(view, view.lanes.all[static_cast<std::size_t>(round) % view.lanes.all.size()].number);
        if (view.lanes.all.size() == most_lanes) remove_lane(view, number);
    }
}

TEST(PlayerLanes, NumbersOfAStateAndOfASessionAreTakenToo) {
    View view;
    count_lanes(view, step_with({0, 6}));
    add_lane(view);
    EXPECT_GT(view.lanes.chosen, 6);
    Standing standing;
    standing.watch = WatchState();
    standing.watch->lanes = {0, 1, 12};
    begin_watch(view, standing);
    add_lane(view);
    EXPECT_GT(view.lanes.chosen, 12);
}

TEST(PlayerLanes, ASecondSessionBeginsWithoutWhatBelongedToTheFirst) {
    View view;
    Standing standing;
    standing.watch = WatchState();
    standing.watch->number = 1;
    EXPECT_TRUE(begin_watch(view, standing));
    auto use = [&] {
        view.history.add(step_with({0}));
        view.bookmarks.push_back({});
        view.recording.export_from = 3, view.recording.export_to = 5;
        view.pause(true);
    };
    use();
    standing.watch->checked = 4;
    EXPECT_TRUE(begin_watch(view, standing));
    EXPECT_TRUE(view.recording.export_from && view.playback.paused()) << "the same session: nothing is forgotten";
    standing.watch->number = 2;
    EXPECT_TRUE(begin_watch(view, standing));
    EXPECT_FALSE(view.recording.export_from || view.recording.export_to || view.playback.paused());
    EXPECT_TRUE(view.bookmarks.empty() && view.history.samples().empty() && view.history.ghost().empty());
    use();
    standing.watch.reset();
    standing.cast = 7;
    EXPECT_FALSE(begin_watch(view, standing)) << "it was left";
    EXPECT_EQ(view.controls().cast, 7u);
}

}  // namespace
}  // namespace drift
