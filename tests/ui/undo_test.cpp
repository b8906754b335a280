// One undo for what hands change; figures and bookmarks that belong to the frame that is shown.
#include <gtest/gtest.h>

#include "player/bookmarks.h"
#include "player/lanes.h"
#include "player/undo.h"

namespace drift {
namespace {

struct UndoTest : testing::Test {
    UndoTest() { undo.forget(view); }
    void look() { undo.look(view, false); }
    View view;
    Undo undo;
};

TEST_F(UndoTest, SettingsComeBack) {
    view.settings().steps = 7;
    undo.look(view, true);  // the slider is still held
    view.settings().steps = 9;
    look();
    view.settings().quantise = false;
    look();
    undo.undo(view);
    EXPECT_TRUE(view.settings().quantise);
    EXPECT_EQ(view.settings().steps, 9);
    EXPECT_NE(view.notice.text().find("Quantise on to off"), std::string::npos) << view.notice.text();
    undo.undo(view);
    EXPECT_EQ(view.settings().steps, 3) << "one drag is one change";
    EXPECT_NE(view.notice.text().find("Denoising steps 3 to 9"), std::string::npos) << view.notice.text();
    undo.undo(view);
    EXPECT_EQ(view.notice.text(), "Nothing to undo");
    undo.redo(view);
    undo.redo(view);
    EXPECT_EQ(view.settings().steps, 9);
    EXPECT_FALSE(view.settings().quantise);
    undo.undo(view);
    view.settings().rho = 3;
    look();
    undo.redo(view);
    EXPECT_EQ(view.notice.text(), "Nothing to redo") << "a new change ends the other line";
}

TEST_F(UndoTest, LanesAndBookmarksComeBack) {
    add_lane(view);
    look();
    view.settings().steps = 5;
    look();
    remove_lane(view, 1);
    look();
    ASSERT_EQ(view.lanes.all.size(), 1u);
    undo.undo(view);
    ASSERT_EQ(view.lanes.all.size(), 2u);
    EXPECT_EQ(view.lanes.find(1)->settings.steps, 5);
    EXPECT_NE(view.notice.text().find("Lane 2 removed"), std::string::npos) << view.notice.text();
    view.bookmarks.push_back({7, 7, 1, 0, "x", {}});
    look();
    view.bookmarks.clear();
    look();
    undo.undo(view);
    ASSERT_EQ(view.bookmarks.size(), 1u);
    EXPECT_EQ(view.bookmarks[0].position, 7u);
    choose_lane(view, 0);
    view.lanes.all[0].muted = true;
    look();
    undo.undo(view);
    EXPECT_NE(view.notice.text().find("bookmark set"), std::string::npos)
        << "looking is no change: " << view.notice.text();
}

TEST_F(UndoTest, WhatIsMutedAndChosenStaysWhereSomethingElseComesBack) {
    add_lane(view);
    look();
    choose_lane(view, 0);
    view.lanes.all[0].muted = true;
    look();
    remove_lane(view, 1);
    look();
    undo.undo(view);
    ASSERT_EQ(view.lanes.all.size(), 2u);
    EXPECT_TRUE(view.lanes.find(0)->muted);
    EXPECT_EQ(view.lanes.chosen, 0);
}

TEST_F(UndoTest, WhatTheSessionChangesIsNone) {
    view.settings().steps = 8;  // a state was loaded
    undo.pass_over(view);
    look();
    undo.undo(view);
    EXPECT_EQ(view.settings().steps, 8);
    view.recording.watch = WatchState{};
    view.recording.watch->lanes = {0};
    add_lane(view);
    look();
    view.lanes.find(0)->settings.steps = 2;
    undo.undo(view);
    EXPECT_EQ(view.lanes.find(0)->settings.steps, 2) << "a recorded lane stays what it was";
    EXPECT_FALSE(view.lanes.find(1));
}

TEST_F(UndoTest, WhatCameMeanwhileByOtherMeansStays) {
    view.settings().steps = 7;
    look();
    add_lane(view);
    look();
    view.lanes.find(0)->settings.rho = 3, view.lanes.find(1)->settings.steps = 2;  // a state was loaded
    undo.pass_over(view);
    undo.undo(view);
    EXPECT_FALSE(view.lanes.find(1));
    EXPECT_EQ(view.settings().steps, 7);
    undo.undo(view);
    EXPECT_EQ(view.settings().steps, 3);
    EXPECT_EQ(view.settings().rho, 3) << "the state's";
    undo.redo(view);
    undo.redo(view);
    ASSERT_TRUE(view.lanes.find(1));
    EXPECT_EQ(view.lanes.find(0)->settings.steps, 7);
    EXPECT_EQ(view.lanes.find(0)->settings.rho, 3);
    view.lanes.all = {{4, 4, {}}};  // another state, of another lane
    view.lanes.chosen = view.lanes.main = 4;
    undo.pass_over(view);
    undo.undo(view);
    undo.undo(view);
    ASSERT_EQ(view.lanes.all.size(), 1u);
    EXPECT_EQ(view.lanes.all[0].number, 4) << "the only lane stays";
    EXPECT_EQ(view.lanes.chosen, 4);
}

TEST_F(UndoTest, OtherWorkIsPushed) {
    int value = 1;
    undo.push({"a file", [&](View&) { value = 0; }, [&](View&) { value = 1; }});
    undo.undo(view);
    EXPECT_EQ(value, 0);
    undo.redo(view);
    EXPECT_EQ(value, 1);
    undo.push({"a broken disk", [](View&) { throw std::runtime_error("it is gone"); }, {}});
    undo.undo(view);
    EXPECT_EQ(view.notice.text(), "it is gone");
}

Step played(std::uint64_t position, std::uint64_t index, std::uint64_t episode, std::vector<double> psnr) {
    Step step;
    step.position = position, step.index = index, step.episode = episode;
    step.kind = index == 0 ? Step::Kind::opened : Step::Kind::played;
    for (std::size_t i = 0; i < psnr.size(); ++i) {
        step.lanes.push_back({static_cast<int>(i), {}, Frame(2, 2), {}, {}, {}});
        step.lanes.back().drift.psnr = psnr[i];
    }
    return step;
}

TEST(Figures, BelongToTheFrameThatIsShown) {
    DriftHistory history;
    history.add(played(0, 0, 0, {60, 60}));
    for (std::uint64_t i = 1; i <= 4; ++i) history.add(played(i, i, 0, {40 - static_cast<double>(i), 20}));
    EXPECT_EQ(history.episode(0, 300).psnr, (std::vector<float>{39, 38, 37, 36}));
    EXPECT_DOUBLE_EQ(history.episode(0, 300).mean, 37.5);
    EXPECT_DOUBLE_EQ(history.episode(1, 300).mean, 20) << "a lane's own";
    EXPECT_EQ(history.episode(0, 2).psnr, (std::vector<float>{37, 36}));
    Step back = played(2, 2, 0, {38, 20});
    back.kind = Step::Kind::recalled;
    history.add(back);
    EXPECT_DOUBLE_EQ(history.episode(0, 300).mean, 38.5) << "in the past: up to there";
    history.add(played(3, 0, 1, {60, 60}));
    EXPECT_TRUE(history.episode(0, 300).psnr.empty()) << "an opening was not imagined";
}

TEST(Figures, CaptionsSayWhatMadeTheFrame) {
    View view;
    view.step = played(5, 5, 0, {30, 30});
    view.step->lanes[1].settings.steps = 1;
    add_lane(view);
    view.settings().steps = 9;  // for the next frame
    EXPECT_EQ(step_label(view, 1), "1 denoising step");
    EXPECT_EQ(lane_label(view, 1), "9 denoising steps");
}

TEST(Bookmarks, OnAnEarlierTimelineTakeOneThere) {
    View view;
    view.history.add(played(0, 0, 0, {60}));
    for (std::uint64_t i = 1; i <= 6; ++i) view.history.add(played(i, i, 0, {40}));
    view.step = played(2, 2, 0, {40});
    set_bookmark(view, "two.state");
    view.step = played(5, 5, 0, {40});
    set_bookmark(view, "five.state");
    ASSERT_EQ(view.commands.size(), 2u);
    EXPECT_EQ(view.commands[1].kind, Command::Kind::save_state);
    EXPECT_EQ(view.commands[1].number, 6u) << "the moment that is shown, not the one that is newest";
    view.commands.clear();
    view.history.add(played(4, 4, 0, {40}));  // went back to 3, and played on
    view.history.add(played(5, 5, 0, {40}));
    EXPECT_TRUE(on_timeline(view, view.bookmarks[0]));
    EXPECT_FALSE(on_timeline(view, view.bookmarks[1]));
    go_to(view, view.bookmarks[0]);
    go_to(view, view.bookmarks[1]);
    ASSERT_EQ(view.commands.size(), 2u);
    EXPECT_EQ(view.commands[0].kind, Command::Kind::seek_to);
    EXPECT_EQ(view.commands[0].number, 2u);
    EXPECT_EQ(view.commands[1].kind, Command::Kind::load_state);
    EXPECT_EQ(view.commands[1].file, "five.state");
    EXPECT_TRUE(view.playback.paused());
}

}  // namespace
}  // namespace drift
