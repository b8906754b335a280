// Recorded play beside a dream: it goes as it was recorded, by its own keys, one episode after the other.
#include "data/recorded_game.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/error.h"
#include "data/data_set.h"
#include "data/recorded_play.h"
#include "fake_world.h"
#include "games/policy.h"
#include "scratch_folder.h"
#include "session/performance.h"

namespace drift {
namespace {

// Two episodes of bricks, of that many frames.
DataSet bricks_played(int first, int second) {
    std::unique_ptr<Game> game = make_game("bricks");
    DataSet data{
        "bricks, played", game->info().width, game->info().height, game->info().rate, game->info().actions, {}, {}};
    std::uint64_t seed = 3;
    for (int frames : {first, second}) {
        Clip& clip = data.clips.emplace_back();
        clip.name = "episode " + std::to_string(seed);
        game->reset(seed++);
        for (int i = 0; i < frames; ++i) {
            Frame frame;
            const int action = i < 5 ? 0 : i % 5 < 2 ? 1 : 2;
            if (i > 0) game->step(action);
            game->render(frame);
            clip.add(action, frame, i == 6);
        }
    }
    return data;
}

TEST(RecordedGame, GoesAsItWasRecorded) {
    const DataSet data = bricks_played(12, 9);
    RecordedGame game(data, "data:x");
    for (std::uint64_t seed : {0, 1, 2, 7}) {
        const Clip& clip = data.clips[seed % 2];
        game.reset(seed);
        for (std::size_t i = 0; i < clip.frames.size(); ++i) {
            Frame frame;
            game.render(frame);
            EXPECT_EQ(frame, clip.frames[i]);
            EXPECT_EQ(game.rare_event(), i == 6);
            const auto next = game.recorded();
            ASSERT_TRUE(next);
            if (i + 1 == clip.frames.size()) {
                EXPECT_FALSE(next->action);
                EXPECT_THROW(game.step(0), Error);
            } else {
                ASSERT_EQ(next->action, clip.actions[i]);
                EXPECT_THROW(game.step(*next->action == 0 ? 1 : 0), Error);  // other keys
                game.step(*next->action);
            }
        }
    }
}

TEST(RecordedGame, SavesItsPlaceAndRefusesOthers) {
    RecordedGame game(bricks_played(12, 9), "data:x");
    game.reset(1);
    for (int i = 0; i < 3; ++i) game.step(*game.recorded()->action);
    const auto state = game.save();
    Frame here, there;
    game.render(here);
    game.reset(0);
    game.load(state);
    game.render(there);
    EXPECT_EQ(here, there);
    EXPECT_THROW(game.load(std::vector<std::uint8_t>(3)), Error);
    auto beyond = state;
    beyond[8] = 200;
    EXPECT_THROW(game.load(beyond), Error);
    game.render(there);
    EXPECT_EQ(here, there);
}

TEST(RecordedGame, NeedsFramesAndTheWorldsActions) {
    EXPECT_THROW(RecordedGame(bricks_played(3, 3), "data:x"), Error);
    RecordedGame game(bricks_played(12, 3), "data:x");
    game.reset(1);  // the short one is passed over
    EXPECT_TRUE(game.recorded()->action);
    ActionSpace actions = game.info().actions;
    actions.entries.pop_back();
    EXPECT_THROW(game.take_actions(actions), Error);
}

struct Beside {
    std::vector<Step> shown;
    std::vector<std::string> warnings;
    Stage stage;
    Performance performance;

    explicit Beside(std::unique_ptr<WorldModel> world)
        : stage(std::move(world), std::make_unique<RecordedGame>(bricks_played(14, 10), "data:x")),
          performance(
              stage, {}, [this](Step step) { shown.push_back(std::move(step)); },
              [this](std::string sentence) { warnings.push_back(std::move(sentence)); }) {
        performance.obey({Command::Kind::set_seed, 0});
    }
};

TEST(RecordedGame, IsDreamedBesideWithItsOwnKeysEpisodeAfterEpisode) {
    Beside beside(std::make_unique<FakeWorld>("bricks"));
    EXPECT_TRUE(beside.stage.info().recorded);
    Controls controls;
    controls.policy = true;
    beside.performance.direct(controls);
    const DataSet data = bricks_played(14, 10);
    for (int i = 0; i < 14; ++i) {
        beside.performance.look_ahead({}, {});  // as the thread does; of another episode it must not be taken
        ASSERT_TRUE(beside.performance.advance({}, {}));
    }
    EXPECT_TRUE(beside.warnings.empty());
    // The opening is the first four frames; then ten more, and the next episode's opening.
    ASSERT_EQ(beside.shown.size(), 15u);
    for (std::size_t i = 1; i <= 10; ++i) {
        EXPECT_EQ(beside.shown[i].truth, data.clips[0].frames[i + 3]) << i;
        EXPECT_EQ(beside.shown[i].network_action, data.clips[0].actions[i + 2]) << i;
        EXPECT_FALSE(beside.shown[i].main_lane().frame.empty());
        EXPECT_GT(beside.shown[i].main_lane().drift.psnr, 5);
    }
    EXPECT_EQ(beside.shown[11].kind, Step::Kind::opened);
    EXPECT_EQ(beside.shown[11].seed, 1u);
    EXPECT_EQ(beside.shown[12].truth, data.clips[1].frames[4]);
    Beside alike(std::make_unique<FakeWorld>("bricks"));  // that begins with the second
    alike.performance.obey({Command::Kind::set_seed, 1});
    alike.performance.direct(controls);
    ASSERT_TRUE(alike.performance.advance({}, {}));
    EXPECT_EQ(beside.shown[12].main_lane().frame, alike.shown.back().main_lane().frame);
}

TEST(RecordedGame, OtherKeysLeaveItAndGoingBackReturns) {
    Beside beside(std::make_unique<FakeWorld>("bricks"));
    ASSERT_TRUE(beside.performance.advance({2u}, {}));  // not what was done
    EXPECT_TRUE(beside.shown.back().truth.empty());
    EXPECT_FALSE(beside.shown.back().main_lane().frame.empty());
    ASSERT_EQ(beside.warnings.size(), 1u);
    EXPECT_NE(beside.warnings[0].find("without the recording: the recording went on with other keys"),
              std::string::npos);
    beside.performance.obey({Command::Kind::seek_to, 0});
    Controls controls;
    controls.policy = true;
    beside.performance.direct(controls);
    ASSERT_TRUE(beside.performance.advance({}, {}));
    EXPECT_FALSE(beside.shown.back().truth.empty());
}

TEST(RecordedGame, AloneNobodyElseHasTheKeys) {
    Beside beside(nullptr);
    for (int i = 0; i < 12; ++i) ASSERT_TRUE(beside.performance.advance({4u}, {}));
    EXPECT_TRUE(beside.warnings.empty());
    EXPECT_EQ(beside.shown.back().seed, 1u);
    EXPECT_FALSE(beside.shown.back().truth.empty());
}

// Buttons and a mouse: written, read, and played again by their own keys, which are those of the real game.
TEST(RecordedGame, ButtonsAndAMouseAreWrittenAndPlayed) {
    ScratchFolder folder;
    std::unique_ptr<Game> game = make_game("skeet");
    DataSet data{
        "skeet, played", game->info().width, game->info().height, game->info().rate, game->info().actions, {}, {}};
    Clip clip;
    clip.name = "one";
    game->reset(4);
    auto policy = demo_policy(1);
    for (int i = 0; i < 60; ++i) {
        Frame frame;
        const ActionCode action = policy.act(*game);
        if (i > 0) game->step(action);
        game->render(frame);
        clip.add(action, frame, game->rare_event());
    }
    write_data_description(folder / "d", data);
    write_clip(folder / "d", data, clip);
    std::vector<std::string> notes;
    const DataSet read = read_data_set(folder / "d", std::nullopt, notes);
    EXPECT_EQ(read.actions, data.actions);
    ASSERT_EQ(read.clips.size(), 1u);
    EXPECT_EQ(read.clips[0].actions, clip.actions);
    EXPECT_EQ(read.clips[0].rare, clip.rare);

    const auto recorded = open_recorded_play(recorded_name(folder / "d"), nullptr, notes);
    game->reset(4), recorded->reset(0);
    for (std::size_t i = 0; i + 1 < clip.frames.size(); ++i) {
        const ActionCode told = *recorded->recorded()->action;
        const ActionCode played = data.actions.index(data.actions.action(told));  // as keys and a mouse say it
        recorded->step(played), game->step(played);
        Frame was, is;
        recorded->render(was), game->render(is);
        ASSERT_EQ(was, is) << i;
    }
}

TEST(RecordedGame, OpensAFolderInTheWorldsSize) {
    ScratchFolder folder;
    const DataSet data = bricks_played(12, 9);
    write_data_description(folder / "my-data", data);
    for (const Clip& clip : data.clips) write_clip(folder / "my-data", data, clip);
    const std::string name = recorded_name(folder / "my-data");
    EXPECT_TRUE(names_recorded_play(name));
    EXPECT_FALSE(names_recorded_play("bricks"));
    std::vector<std::string> notes;
    EXPECT_EQ(open_recorded_play(name, nullptr, notes)->info().width, data.width);
    FakeWorld world("bricks");
    WorldInfo info = world.info();
    info.width = info.height = 32;
    info.actions.entries[1].name = "a name of its own";
    const auto game = open_recorded_play(name, &info, notes);
    Frame frame;
    game->reset(0);
    game->render(frame);
    EXPECT_EQ(frame.width, 32);
    EXPECT_EQ(game->info().actions, info.actions);
    EXPECT_THROW(open_recorded_play("data:" + (folder / "none").string(), nullptr, notes), Error);
}

}  // namespace
}  // namespace drift
