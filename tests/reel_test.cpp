// A session walked for an export: every step as it was shown, with the words and figures around it.
#include "session/reel.h"

#include <gtest/gtest.h>

#include <cmath>

#include "games/bricks.h"
#include "media/master.h"
#include "play_room.h"
#include "scratch_folder.h"
#include "session/lane_words.h"
#include "session/log/recorder.h"

namespace drift {
namespace {

// A play in which a second lane comes, goes and settings are turned; with a way back.
struct Played {
    SessionLog log;
    std::vector<Step> steps;

    Played() {
        PurePlayRoom room;
        log.header = header_of(room.stage.info());
        room.play.set_listener(
            [this](const LogEvent& event, const Step& step) { log.events.push_back(event), steps.push_back(step); });
        auto on = [&](int count, const Direction& direction) {
            for (int i = 0; i < count; ++i) room.play.advance({i % 2 == 0 ? 1u << 1 : 1u << 2}, direction);
        };
        room.play.open(7, lanes({1}));
        on(10, lanes({1}));
        on(10, lanes({1, 5}));
        room.play.recall(12);
        on(5, lanes({0.5f, 5}));
        on(5, lanes({0.5f}));
    }
};

TEST(Reel, HoldsEveryStepAsItWasShown) {
    Played played;
    PurePlayRoom room;
    Watch watch(played.log, {}, room.stage.info());
    auto reel = Reel::walk(watch, room.play, room.stage.info(), {}, [](double) {});
    ASSERT_TRUE(reel);
    const ShotList& list = reel->list();
    ASSERT_EQ(list.count(), played.steps.size());
    ASSERT_EQ(list.columns.size(), 3u);
    EXPECT_EQ(list.columns[1].name, "Lane 2");
    EXPECT_EQ(list.columns[2].name, "Truth");
    EXPECT_EQ(list.keys, (std::vector<std::string>{"Left", "Right"}));
    EXPECT_EQ(list.measure, "PSNR to the truth");
    for (std::size_t i = 0; i < list.count(); ++i) {
        Shot shot = reel->shot(i);
        const Step& step = played.steps[i];
        EXPECT_EQ(shot.step, i);
        EXPECT_EQ(shot.frames[0], step.lanes[0].frame);
        EXPECT_EQ(shot.frames[1], step.lanes.size() > 1 ? step.lanes[1].frame : Frame());
        EXPECT_EQ(shot.frames[2], step.truth);
        EXPECT_EQ(shot.held[0], (step.action.held & 2) != 0) << i;
        EXPECT_EQ(std::isnan(list.values[1][i]), step.lanes.size() == 1) << i;
        if (i > 0) {
            EXPECT_DOUBLE_EQ(list.values[0][i], step.lanes[0].drift.psnr);
        }
    }
    EXPECT_EQ(reel->shot(15).labels, (std::vector<std::string>{"start 1", "start 5", ""}));
    EXPECT_EQ(reel->shot(24).labels[0], "start 0.5");
    EXPECT_EQ(list.turned, std::vector<std::size_t>{22});
    for (std::size_t i : {0u, 5u, 30u})
        EXPECT_NE(std::find(list.labels.begin(), list.labels.end(), reel->shot(i).labels[0]), list.labels.end());
}

// Of a recording the frames are read: a network that dreams no more does not matter.
TEST(Reel, TakesRecordedFramesAsTheyAre) {
    ScratchFolder folder;
    auto file = folder / "a.mkv";
    PurePlayRoom room;
    room.play.open(7, lanes({1}));
    std::vector<Step> steps;
    for (int i = 0; i < 20; ++i) steps.push_back(room.play.advance({1u << 1}, lanes({1, 5})));
    auto open = [](const std::filesystem::path& path, const WorldInfo& world,
                   const std::vector<std::string>& tracks) -> std::unique_ptr<TrackSink> {
        return std::make_unique<MasterWriter>(path, world.width, world.height, world.rate, tracks);
    };
    record_past(file, open, room.stage.info(), room.play, 10);

    auto controls = std::make_shared<FakeWorldControls>();
    Stage stage(std::make_unique<PureWorld>("bricks", controls), make_game("bricks"));
    Play play(stage);
    Watch watch(read_session_log(log_beside(file)), read_master_beside(log_beside(file)), stage.info());
    auto reel = Reel::walk(watch, play, stage.info(), {}, [](double) {});
    ASSERT_TRUE(reel);
    EXPECT_EQ(controls->imagined, 0);
    const std::size_t count = reel->list().count();
    ASSERT_GE(count, 10u);
    for (std::size_t i = 0; i < count; ++i)
        for (std::size_t lane = 0; lane < 2; ++lane)
            EXPECT_EQ(reel->shot(i).frames[lane], steps[steps.size() - count + i].lanes[lane].frame) << i;
    EXPECT_FALSE(read_master_beside(folder / "b.driftlog"));
}

// The game was changed since: what it shows now was never played.
class RepaintedBricks : public Bricks {
public:
    void render(Frame& into) const override {
        Bricks::render(into);
        for (std::uint8_t& byte : into.rgb) byte = static_cast<std::uint8_t>(255 - byte);
    }
};

TEST(Reel, OfAGameThatIsAnotherNowARecordingShowsWhatWasPlayedAndALogSaysThatItDoesNot) {
    ScratchFolder folder;
    const auto file = folder / "a.mkv";
    PurePlayRoom room;
    room.play.open(7, lanes({1}));
    std::vector<Frame> truths;
    for (int i = 0; i < 20; ++i) truths.push_back(room.play.advance({1u << 1}, lanes({1})).truth);
    auto open = [](const std::filesystem::path& path, const WorldInfo& world,
                   const std::vector<std::string>& tracks) -> std::unique_ptr<TrackSink> {
        return std::make_unique<MasterWriter>(path, world.width, world.height, world.rate, tracks);
    };
    record_past(file, open, room.stage.info(), room.play, 10);
    for (bool recorded : {true, false}) {
        Stage stage(std::make_unique<PureWorld>("bricks", std::make_shared<FakeWorldControls>()),
                    std::make_unique<RepaintedBricks>());
        Play play(stage);
        Watch watch(read_session_log(log_beside(file)), recorded ? read_master_beside(log_beside(file)) : nullptr,
                    stage.info());
        const auto reel = Reel::walk(watch, play, stage.info(), {}, [](double) {});
        ASSERT_TRUE(reel);
        const std::size_t count = reel->list().count();
        for (std::size_t i = 1; i < count; ++i)  // the first is the moment that the log begins with
            EXPECT_EQ(reel->shot(i).frames.back() == truths[truths.size() - count + i], recorded) << i;
        EXPECT_EQ(watch.departure().substr(0, 16), "From frame 1 on ");
        EXPECT_NE(watch.departure().find(recorded ? "those of the recording" : "the real game is another one now"),
                  std::string::npos)
            << watch.departure();
    }
}

TEST(LaneWords, SayWhatSetsLanesApart) {
    SamplerSettings one, five, sigma, heun;
    five.start_scale = 5;
    sigma.start_at_sigma_max = true;
    heun.solver = Solver::heun, heun.steps = 1;
    std::vector<LaneWords> lanes{{0, &one}, {1, &five}, {3, &sigma}};
    EXPECT_EQ(set_apart(lanes, 0, 0, nullptr), "start 1");
    EXPECT_EQ(set_apart(lanes, 1, 0, nullptr), "start 5");
    EXPECT_EQ(set_apart(lanes, 3, 0, nullptr), "start at sigma_0");
    EXPECT_EQ(set_apart(lanes, 2, 0, nullptr), "");
    std::vector<LaneWords> alone{{2, &heun}};
    EXPECT_EQ(set_apart(alone, 2, 0, &one), "1 denoising step");
    EXPECT_EQ(set_apart(alone, 2, 0, nullptr), "");
    EXPECT_EQ(in_common(alone), "1 denoising step, Karras, sigma max 5, start 1, quantised");
    EXPECT_EQ(in_common(lanes), "Euler, 3 denoising steps, Karras, sigma min 0.002, sigma max 5, rho 7, quantised");
    EXPECT_EQ(in_common({}), "");
}

}  // namespace
}  // namespace drift
