// What a performance does where something is asked at an odd moment, or is refused: the play stands where it stood.
#include "session/performance.h"

#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "core/error.h"
#include "scratch_folder.h"
#include "session/log/moment.h"
#include "theatre.h"

namespace drift {
namespace {

using enum Command::Kind;
using namespace std::chrono_literals;

// Slow enough that a piece of work is a few steps, not all.
struct SlowWorld : PureWorld {
    using PureWorld::PureWorld;
    void imagine(std::span<const DreamRequest> requests, std::span<Frame> frames) override {
        std::this_thread::sleep_for(15ms);
        PureWorld::imagine(requests, frames);
    }
};

void make_log(const std::filesystem::path& file, int steps, std::uint64_t seed = 7) {
    PurePlayRoom room;
    LogWriter writer(file, room.stage.info());
    room.play.set_listener([&](const LogEvent& event, const Step&) { writer.put(event); });
    room.play.open(seed, lanes({1}));
    for (int i = 0; i < steps; ++i) room.play.advance({i % 3 == 0 ? 1u << 1 : 0}, lanes({1}));
}

// Its one event is a moment with a state that no game takes.
void make_refused_log(const std::filesystem::path& file) {
    PurePlayRoom room;
    Step step = room.play.open(7, lanes({1}));
    Moment moment = room.play.now();
    moment.state.game = {1, 2, 3};
    LogWriter writer(file, room.stage.info());
    writer.put({LogEvent::Kind::loaded,
                0,
                {},
                std::make_shared<const Direction>(direction_of(step)),
                to_bytes(moment),
                hashes_of(step)});
}

TEST(Performance, AStepWhileASessionIsVerifiedIsTheSessionsNextStep) {
    ScratchFolder folder;
    make_log(folder / "a.driftlog", 30);
    TheatreOf<SlowWorld> theatre;
    theatre.performance.obey({watch_session, 0, folder / "a.driftlog"});
    for (int i = 0; i < 8; ++i) ASSERT_TRUE(theatre.on());
    theatre.performance.obey({check_session});
    theatre.performance.work({});
    ASSERT_GT(theatre.performance.watch_state()->checked, 0u);
    ASSERT_TRUE(theatre.performance.watch_state()->checking) << "it is still under way";
    ASSERT_TRUE(theatre.on());
    EXPECT_FALSE(theatre.performance.watch_state()->checking);
    EXPECT_EQ(theatre.performance.watch_state()->verdict, "");
    SessionLog log = read_session_log(folder / "a.driftlog");
    EXPECT_EQ(hashes_of(theatre.shown.back()), log.events[9].hashes);
    ASSERT_TRUE(theatre.on());
    EXPECT_EQ(hashes_of(theatre.shown.back()), log.events[10].hashes);
    theatre.performance.obey({check_session});
    theatre.work();
    EXPECT_TRUE(theatre.performance.watch_state()->holds) << theatre.performance.watch_state()->verdict;
}

TEST(Performance, ASessionThatTheGameRefusesLeavesThePlayAndItsLogAsTheyWere) {
    ScratchFolder folder;
    make_refused_log(folder / "bad.driftlog");
    make_log(folder / "good.driftlog", 5);
    Surroundings around;
    around.log = [&](const WorldInfo& world) { return std::make_unique<LogWriter>(folder / "play.driftlog", world); };
    {
        Theatre theatre(around);
        EXPECT_THROW(theatre.performance.obey({watch_session, 0, folder / "bad.driftlog"}), Error)
            << "where nothing was played yet";
        EXPECT_FALSE(theatre.performance.watching());
        EXPECT_THROW(theatre.performance.obey({step_back}), Error);
        EXPECT_THROW(theatre.performance.obey({save_state, 0, folder / "none.state"}), Error);
        EXPECT_THROW(theatre.performance.obey({record_past, 10, folder / "none.mkv"}), Error);
        EXPECT_THROW(theatre.on(), Error);
        theatre.direct(lanes({1}));
        theatre.performance.obey({set_seed, 3});
        theatre.steps(4);
        EXPECT_THROW(theatre.performance.obey({watch_session, 0, folder / "bad.driftlog"}), Error);
        EXPECT_FALSE(theatre.performance.watching());
        theatre.steps(2);
        EXPECT_EQ(theatre.shown.back().position, 6u);
        EXPECT_EQ(theatre.shown.back().seed, 3u);
        theatre.performance.obey({seek_to, 2});
        EXPECT_EQ(theatre.shown.back().index, 2u);
        theatre.performance.obey({watch_session, 0, folder / "good.driftlog"});
        EXPECT_THROW(theatre.performance.obey({watch_session, 0, folder / "bad.driftlog"}), Error);
        EXPECT_TRUE(theatre.performance.watching()) << "the one before";
        EXPECT_TRUE(theatre.on());
        EXPECT_EQ(theatre.shown.back().position, 1u);
    }
    SessionLog log = read_session_log(folder / "play.driftlog");
    EXPECT_EQ(log.events.size(), 8u) << "an opening, six steps, a way back: nothing of the session that was refused";
}

TEST(Performance, EachSessionThatIsWatchedIsAnotherOne) {
    ScratchFolder folder;
    make_log(folder / "a.driftlog", 5);
    Theatre theatre;
    theatre.performance.obey({watch_session, 0, folder / "a.driftlog"});
    auto first = theatre.performance.watch_state()->number;
    theatre.performance.obey({watch_session, 0, folder / "a.driftlog"});
    EXPECT_NE(theatre.performance.watch_state()->number, first);
    EXPECT_TRUE(theatre.shown.back().ghost.empty());
}

// Two halves of different moments: controls that were sent before a state's lanes were seen.
TEST(Performance, ControlsOfBeforeAStateDoNotBringTheirLanesBack) {
    ScratchFolder folder;
    Theatre theatre;
    Controls controls;
    controls.direction = lanes({1, 5});
    controls.cast = theatre.performance.cast();
    theatre.performance.direct(controls);
    theatre.performance.obey({set_seed, 3});
    theatre.steps(3);
    theatre.performance.obey({save_state, 0, folder / "two.state"});
    controls.direction = lanes({2});
    theatre.performance.direct(controls);
    theatre.steps(3);
    theatre.performance.obey({load_state, 0, folder / "two.state"});
    controls.policy = true;  // something else has changed; the lanes are still those of before
    theatre.performance.direct(controls);
    theatre.steps(2);
    ASSERT_EQ(theatre.shown.back().lanes.size(), 2u);
    EXPECT_EQ(theatre.shown.back().lanes[1].settings.start_scale, 5);
    EXPECT_TRUE(theatre.performance.controls().policy);
    controls.cast = theatre.performance.cast();
    theatre.performance.direct(controls);
    theatre.steps(1);
    EXPECT_EQ(theatre.shown.back().lanes.size(), 1u);
}

}  // namespace
}  // namespace drift
