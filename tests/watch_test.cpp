// A session that is watched again: from its stored frames, by the network, beside other settings; sought, verified and taken over.
#include "session/performance.h"

#include <gtest/gtest.h>

#include "core/error.h"
#include "media/master.h"
#include "scratch_folder.h"
#include "session/log/replay.h"
#include "theatre.h"

namespace drift {
namespace {

using enum Command::Kind;

Surroundings with_masters() {
    Surroundings around;
    around.record = write_master;
    around.stored = [](const std::filesystem::path& log) -> std::unique_ptr<TrackSource> {
        auto file = log;
        return std::filesystem::exists(file.replace_extension(".mkv")) ? read_master(file) : nullptr;
    };
    return around;
}

// A session with lanes that come, a way back and an opening; the steps that it showed while it was recorded.
std::vector<Step> make_session(const std::filesystem::path& file) {
    Theatre theatre(with_masters());
    theatre.direct(lanes({1}));
    theatre.performance.obey({set_seed, 7});
    theatre.steps(5);
    theatre.shown.erase(theatre.shown.begin(), theatre.shown.end() - 1);
    theatre.performance.obey({record, 0, file});
    theatre.steps(20);
    theatre.direct(lanes({1, 5}));
    theatre.steps(20);
    theatre.performance.obey({seek_to, 30});
    theatre.steps(10);
    theatre.performance.obey({set_seed, 9});
    theatre.steps(10);
    theatre.performance.obey({stop_recording});
    return theatre.shown;
}

void expect_same(const Step& seen, const Step& then, std::size_t i) {
    ASSERT_GE(seen.lanes.size(), then.lanes.size()) << i;
    for (std::size_t k = 0; k < then.lanes.size(); ++k) {
        EXPECT_EQ(seen.lanes[k].lane, then.lanes[k].lane) << i;
        EXPECT_EQ(seen.lanes[k].frame, then.lanes[k].frame) << i;
        EXPECT_EQ(seen.lanes[k].settings, then.lanes[k].settings) << i;
    }
    EXPECT_EQ(seen.truth, then.truth) << i;
    EXPECT_EQ(seen.position, i);
}

TEST(Watching, ShowsTheStoredFramesWithoutTheNetwork) {
    ScratchFolder folder;
    auto then = make_session(folder / "a.mkv");
    Theatre theatre(with_masters());
    theatre.performance.obey({watch_session, 0, folder / "a.mkv"});
    ASSERT_TRUE(theatre.performance.watch_state());
    EXPECT_TRUE(theatre.performance.watch_state()->stored);
    EXPECT_EQ(theatre.performance.watch_state()->events, then.size());
    EXPECT_EQ(theatre.performance.watch_state()->lanes, (std::vector<int>{0, 1}));
    while (theatre.on()) {}
    ASSERT_EQ(theatre.shown.size(), then.size());
    for (std::size_t i = 0; i < then.size(); ++i) expect_same(theatre.shown[i], then[i], i);
    EXPECT_EQ(theatre.fake->imagined, 0);
    EXPECT_TRUE(theatre.warnings.empty());
}

TEST(Watching, DreamsALogAgainAndSeeks) {
    ScratchFolder folder;
    auto then = make_session(folder / "a.mkv");
    std::filesystem::remove(folder / "a.mkv");
    Theatre theatre(with_masters());
    theatre.performance.obey({watch_session, 0, folder / "a.driftlog"});
    EXPECT_FALSE(theatre.performance.watch_state()->stored);
    theatre.performance.obey({seek_to, 33});
    EXPECT_TRUE(theatre.performance.busy());
    theatre.work();
    expect_same(theatre.shown.back(), then[33], 33);
    theatre.performance.obey({seek_to, 4});
    expect_same(theatre.shown.back(), then[4], 4);
    theatre.performance.obey({seek_to, 100000});
    theatre.work();
    expect_same(theatre.shown.back(), then.back(), then.size() - 1);
    EXPECT_FALSE(theatre.on());
}

TEST(Watching, OtherSettingsDreamBeside) {
    ScratchFolder folder;
    auto then = make_session(folder / "a.mkv");
    Theatre theatre(with_masters());
    theatre.performance.obey({watch_session, 0, folder / "a.mkv"});
    Direction direction = lanes({1, 5, 3});
    theatre.direct(direction, {2});
    for (int i = 1; i <= 10; ++i) ASSERT_TRUE(theatre.on());
    for (std::size_t i = 1; i <= 10; ++i) {
        expect_same(theatre.shown[i], then[i], i);
        ASSERT_EQ(theatre.shown[i].lanes.back().lane, 2);
        EXPECT_EQ(theatre.shown[i].lanes.back().settings.start_scale, 3);
        EXPECT_NE(theatre.shown[i].lanes.back().frame, theatre.shown[i].lanes.front().frame);
    }
    // Gone back and turned otherwise: what is seen again is dreamed otherwise.
    theatre.performance.obey({seek_to, 5});
    direction.lanes[2].settings.start_scale = 0.5f;
    theatre.direct(direction, {2});
    ASSERT_TRUE(theatre.on());
    EXPECT_EQ(theatre.shown.back().lanes.back().settings.start_scale, 0.5f);
    expect_same(theatre.shown.back(), then[6], 6);
}

TEST(Watching, IsVerifiedWhileItStandsStill) {
    ScratchFolder folder;
    auto then = make_session(folder / "a.mkv");
    Theatre theatre(with_masters());
    theatre.performance.obey({watch_session, 0, folder / "a.mkv"});
    theatre.performance.obey({seek_to, 8});
    theatre.work();
    theatre.performance.obey({check_session});
    EXPECT_TRUE(theatre.performance.watch_state()->checking);
    theatre.work();
    EXPECT_TRUE(theatre.performance.watch_state()->holds) << theatre.performance.watch_state()->verdict;
    ASSERT_TRUE(theatre.on());
    expect_same(theatre.shown.back(), then[9], 9);
}

TEST(Watching, IsTakenOverFromAnyStepAndLoggedOnFromThere) {
    ScratchFolder folder;
    auto then = make_session(folder / "a.mkv");
    int logs = 0;
    auto around = with_masters();
    around.log = [&](const WorldInfo& world) {
        return std::make_unique<LogWriter>(folder / ("play" + std::to_string(logs++)), world);
    };
    Step last;
    {
        Theatre theatre(around);
        theatre.performance.obey({watch_session, 0, folder / "a.mkv"});
        theatre.performance.obey({seek_to, 12});
        theatre.work();
        theatre.performance.obey({take_over_session});
        EXPECT_FALSE(theatre.performance.watch_state());
        EXPECT_EQ(theatre.shown.back().kind, Step::Kind::loaded);
        theatre.direct(lanes({1}));
        theatre.steps(5);
        last = theatre.shown.back();
    }
    // The same by hand: the session's own first steps, then these keys.
    SessionLog log = read_session_log(folder / "play1");
    ASSERT_EQ(log.events.size(), 6u);
    PurePlayRoom room;
    Step again;
    for (const LogEvent& event : log.events) again = replay(room.play, event);
    EXPECT_EQ(again.main_lane().frame, last.main_lane().frame);
    EXPECT_EQ(again.truth, last.truth);
}

TEST(Watching, TheGameThatWasPlayedBeforeComesBackWhole) {
    ScratchFolder folder;
    make_session(folder / "a.mkv");
    int logs = 0;
    auto around = with_masters();
    around.log = [&](const WorldInfo& world) {
        return std::make_unique<LogWriter>(folder / ("play" + std::to_string(logs++)), world);
    };
    Step third, on;
    {
        Theatre theatre(around);
        theatre.direct(lanes({1}));
        theatre.performance.obey({set_seed, 7});
        theatre.steps(9);
        third = theatre.shown[3];
        theatre.performance.obey({seek_to, 6});
        theatre.performance.obey({return_to_game});
        EXPECT_EQ(theatre.shown.back().position, 6u) << "there is nothing to return from";
        theatre.performance.obey({watch_session, 0, folder / "a.mkv"});
        theatre.performance.obey({watch_session, 0, folder / "a.mkv"});
        EXPECT_TRUE(theatre.on());
        theatre.performance.obey({record, 0, folder / "b.mkv"});
        theatre.performance.obey({return_to_game});
        EXPECT_FALSE(theatre.performance.watch_state());
        EXPECT_TRUE(theatre.performance.recording().file.empty()) << "it was of the session";
        EXPECT_EQ(theatre.shown.back().position, 6u);
        EXPECT_EQ(theatre.shown.back().seed, 7u);
        theatre.performance.obey({seek_to, 9});
        EXPECT_EQ(theatre.shown.back().position, 9u) << "what came after it is there";
        theatre.performance.obey({seek_to, 3});
        expect_same(theatre.shown.back(), third, 3);
        theatre.steps(2);
        on = theatre.shown.back();
        EXPECT_EQ(on.position, 5u);
        EXPECT_EQ(hashes_of(on), hashes_of(theatre.shown[5])) << "the same keys again";
    }
    // It is logged again from where it came back.
    SessionLog log = read_session_log(folder / "play1");
    PurePlayRoom room;
    Step again;
    for (const LogEvent& event : log.events) again = replay(room.play, event);
    EXPECT_EQ(hashes_of(again), hashes_of(on));
}

TEST(Watching, AnotherWorldsSessionIsRefusedAndThePlayGoesOn) {
    ScratchFolder folder;
    {
        Stage stage(nullptr, make_game("bricks"));
        Play play(stage);
        LogWriter writer(folder / "truth.driftlog", stage.info());
        play.set_listener([&](const LogEvent& event, const Step&) { writer.put(event); });
        play.open(1, lanes({1}));
    }
    Theatre theatre(with_masters());
    theatre.direct(lanes({1}));
    theatre.performance.obey({set_seed, 7});
    EXPECT_THROW(theatre.performance.obey({watch_session, 0, folder / "truth.driftlog"}), Error);
    EXPECT_THROW(theatre.performance.obey({watch_session, 0, folder / "none.mkv"}), Error);
    EXPECT_FALSE(theatre.performance.watching());
    theatre.steps(3);
    EXPECT_EQ(theatre.shown.back().index, 3u);
}

TEST(TruthAlone, EveryLaneShowsTheGame) {
    Stage stage(nullptr, make_game("bricks"));
    PlayRoom dreamed;
    Play play(stage);
    play.open(4, lanes({1, 5}));
    dreamed.play.open(4, lanes({1}));
    for (int i = 0; i < 30; ++i) {
        Action action{i % 4 == 0 ? 1u << 1 : 0};
        Step step = play.advance(action, lanes({1, 5})), truth = dreamed.play.advance(action, lanes({1}));
        EXPECT_EQ(step.truth, truth.truth);
        for (const LaneStep& lane : step.lanes) EXPECT_EQ(lane.frame, step.truth);
    }
    EXPECT_EQ(stage.info().weights_hash, truth_alone);
    EXPECT_THROW(Stage(nullptr, nullptr), Error);
}

}  // namespace
}  // namespace drift
