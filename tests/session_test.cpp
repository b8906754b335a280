// The stage and the generation thread: what is played is decided by world, seed, keys and settings, and by nothing else.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <functional>
#include <thread>

#include "controls.h"
#include "core/error.h"
#include "fake_world.h"
#include "scratch_folder.h"
#include "session/generation.h"

namespace drift {
namespace {

using namespace std::chrono_literals;

struct Play {
    std::shared_ptr<FakeWorldControls> fake = std::make_shared<FakeWorldControls>();
    Generation::Plan plan;
    std::optional<Generation> generation;
    std::vector<Step> steps;
    std::optional<std::string> failure, warning;
    bool finished = false, world = false;

    Play() {
        plan.open = [fake = fake](const std::filesystem::path&) {
            return std::make_unique<Stage>(std::make_unique<FakeWorld>("bricks", fake), make_game("bricks"));
        };
    }
    void begin(Controls controls = {}) {
        generation.emplace(plan);
        generation->set_controls(controls);
    }
    // Waits for a condition on the steps so far; a test that fails does so after a while instead of never.
    bool until(const std::function<bool()>& condition) {
        for (auto end = std::chrono::steady_clock::now() + 20s; std::chrono::steady_clock::now() < end;
             std::this_thread::sleep_for(1ms)) {
            look();
            if (condition()) return true;
        }
        return false;
    }
    void look() {
        Delivery all = generation->take();
        for (auto& shown : all.steps) steps.push_back(std::move(shown.step));
        if (all.failure) failure = all.failure;
        if (!all.warnings.empty()) warning = all.warnings.back();
        finished = all.finished, world = world || all.world;
    }
    std::optional<std::string> take_failure() { return look(), std::exchange(failure, std::nullopt); }
    std::optional<std::string> take_warning() { return look(), std::exchange(warning, std::nullopt); }
    bool until_finished() {
        return until([&] { return finished; });
    }
};

bool same(const LaneStep& a, const LaneStep& b) {
    return a.lane == b.lane && a.settings == b.settings && a.frame == b.frame && a.collapsed == b.collapsed;
}

bool same(const Step& a, const Step& b) {
    return a.index == b.index && a.episode == b.episode && a.seed == b.seed && a.action == b.action &&
           a.network_action == b.network_action &&
           std::equal(a.lanes.begin(), a.lanes.end(), b.lanes.begin(), b.lanes.end(),
                      [](const LaneStep& x, const LaneStep& y) { return same(x, y); }) &&
           a.truth == b.truth && a.calls == b.calls;
}

TEST(Stage, OpensWithDreamAndTruthAsOne) {
    Stage stage(std::make_unique<FakeWorld>("bricks"), make_game("bricks"));
    Step opening = stage.open(7, {});
    EXPECT_EQ(opening.index, 0u);
    EXPECT_EQ(opening.seed, 7u);
    EXPECT_EQ(opening.main_lane().frame, opening.truth);
    EXPECT_EQ(opening.main_lane().drift.psnr, psnr_ceiling);
    std::unique_ptr<Game> game = make_game("bricks");
    game->reset(7);
    for (int i = 1; i < stage.info().context_frames; ++i) game->step(0);
    Frame expected;
    game->render(expected);
    EXPECT_EQ(opening.main_lane().frame, expected);
}

TEST(Stage, TruthFollowsTheKeys) {
    Stage stage(std::make_unique<FakeWorld>("bricks"), make_game("bricks"));
    Step before = stage.open(7, {});
    Step after = stage.step({1u << 1}, {});
    std::unique_ptr<Game> reader = make_game("bricks");
    EXPECT_EQ(reader->probe(after.truth).objects[1]->x, reader->probe(before.truth).objects[1]->x - 4);
    EXPECT_EQ(after.network_action, 1);
    EXPECT_EQ(after.calls, 3);
    EXPECT_GT(after.main_lane().drift.psnr, 20);
}

TEST(Stage, WithoutAGameOpensFromTheWorldsOpenings) {
    Stage stage(std::make_unique<FakeWorld>("bricks"), nullptr);
    Step opening = stage.open(3, {});
    EXPECT_FALSE(opening.main_lane().frame.empty());
    EXPECT_TRUE(opening.truth.empty());
    EXPECT_TRUE(stage.step({}, {}).truth.empty());
}

TEST(Stage, AFailureMovesNothing) {
    auto fake = std::make_shared<FakeWorldControls>();
    Stage stage(std::make_unique<FakeWorld>("bricks", fake), make_game("bricks")),
        other(std::make_unique<FakeWorld>("bricks"), make_game("bricks"));
    stage.open(1, {});
    other.open(1, {});
    fake->broken = true;
    EXPECT_THROW(stage.step({1u << 1}, {}), Error);
    fake->broken = false;
    EXPECT_TRUE(same(stage.step({1u << 2}, {}), other.step({1u << 2}, {})));
}

TEST(Generation, EqualPlaysGiveEqualSteps) {
    auto play = [] {
        Play p;
        p.plan.seed = 11;
        p.plan.frames = 60;
        p.plan.script = KeyScript::parse("3 press Left\n9 release Left\n20 tap d # right\n", "test");
        p.begin(turbo());
        EXPECT_TRUE(p.until_finished());
        return std::move(p.steps);
    };
    std::vector<Step> first = play(), second = play();
    ASSERT_EQ(first.size(), 61u);
    ASSERT_EQ(second.size(), 61u);
    for (std::size_t i = 0; i < first.size(); ++i) EXPECT_TRUE(same(first[i], second[i])) << i;
    for (std::size_t i = 1; i < first.size(); ++i)
        EXPECT_EQ(first[i].network_action, i >= 3 && i < 9 ? 1 : i == 20 ? 2 : 0) << i;
}

TEST(Generation, ATapLandsInExactlyOneStep) {
    Play p;
    p.begin(paused());
    ASSERT_TRUE(p.until([&] { return p.steps.size() == 1; }));
    p.generation->keys().press(2);
    p.generation->keys().release(2);
    for (int i = 0; i < 3; ++i) p.generation->send({Command::Kind::step_once});
    ASSERT_TRUE(p.until([&] { return p.steps.size() == 4; }));
    EXPECT_EQ(p.steps[1].network_action, 2);
    EXPECT_EQ(p.steps[2].network_action, 0);
    EXPECT_EQ(p.steps[3].network_action, 0);
}

TEST(Generation, PausedStaysWhereItIs) {
    Play p;
    p.begin(paused());
    ASSERT_TRUE(p.until([&] { return !p.steps.empty(); }));
    std::this_thread::sleep_for(200ms);
    ASSERT_TRUE(p.until([&] { return true; }));
    EXPECT_EQ(p.steps.size(), 1u);
    EXPECT_EQ(p.fake->imagined, 0);
}

TEST(Generation, CommandsOpenEpisodes) {
    Play p;
    p.plan.seed = 5;
    p.begin(paused());
    p.generation->send({Command::Kind::step_once});
    p.generation->send({Command::Kind::restart});
    p.generation->send({Command::Kind::next_seed});
    p.generation->send({Command::Kind::set_seed, 99});
    p.generation->send({Command::Kind::step_once});
    ASSERT_TRUE(p.until([&] { return !p.steps.empty() && p.steps.back().seed == 99 && p.steps.back().index == 1; }));
    const Step& last = p.steps.back();
    EXPECT_EQ(last.episode, 3u);
    EXPECT_EQ(p.steps[p.steps.size() - 2].index, 0u);
    EXPECT_EQ(p.steps[p.steps.size() - 3].seed, 6u);
    EXPECT_EQ(p.steps[p.steps.size() - 4].seed, 5u);
}

TEST(Generation, SettingsReachTheNextStepAndAreClamped) {
    Play p;
    Controls controls = paused();
    p.begin(controls);
    ASSERT_TRUE(p.until([&] { return p.steps.size() == 1; }));
    controls.direction.lanes[0].settings.steps = 500;
    controls.direction.lanes[0].settings.start_scale = 2;
    p.generation->set_controls(controls);
    p.generation->send({Command::Kind::step_once});
    ASSERT_TRUE(p.until([&] { return p.steps.size() == 2; }));
    EXPECT_EQ(p.steps[1].main_lane().settings.steps, 64);
    EXPECT_EQ(p.steps[1].main_lane().settings.start_scale, 2.0f);
    EXPECT_EQ(p.steps[1].calls, 64);
}

TEST(Generation, AFailureCrossesAsASentenceAndPlayCanGoOn) {
    Play p;
    p.fake->broken = true;
    p.begin(turbo());
    std::optional<std::string> failure;
    ASSERT_TRUE(p.until([&] { return (failure = p.take_failure()).has_value(); }));
    EXPECT_NE(failure->find("not finite"), std::string::npos);
    EXPECT_FALSE(p.finished);
    ASSERT_EQ(p.steps.size(), 1u);  // the opening; the play has paused on it
    p.fake->broken = false;
    p.generation->send({Command::Kind::step_once});
    EXPECT_TRUE(p.until([&] { return p.steps.size() == 2; }));
}

TEST(Generation, AWorldThatDoesNotOpenSaysWhy) {
    Play p;
    p.plan.open = [](const std::filesystem::path&) -> std::unique_ptr<Stage> {
        throw Error("weights.safetensors: 7 bytes");
    };
    p.begin();
    ASSERT_TRUE(p.until_finished());
    EXPECT_EQ(p.take_failure(), "weights.safetensors: 7 bytes");
    EXPECT_FALSE(p.world);
}

TEST(Generation, AFileThatCannotBeReadIsASentenceAndThePlayGoesOn) {
    ScratchFolder folder;
    for (auto name : {"letter.state", "letter.driftlog"}) std::ofstream(folder / name) << "Dear reader";
    Play p;
    p.begin(turbo());
    ASSERT_TRUE(p.until([&] { return !p.steps.empty(); }));
    for (auto [kind, name] :
         {std::pair{Command::Kind::load_state, "letter.state"}, {Command::Kind::watch_session, "letter.driftlog"}}) {
        p.generation->send({kind, 0, folder / name});
        std::optional<std::string> sentence;
        ASSERT_TRUE(p.until([&] { return (sentence = p.take_warning()).has_value(); }));
        EXPECT_NE(sentence->find(name), std::string::npos) << *sentence;
        const auto reached = p.steps.back().index;
        EXPECT_TRUE(p.until([&] { return p.steps.back().index > reached + 5; }));
    }
    EXPECT_FALSE(p.take_failure());
}

TEST(Generation, QuittingDoesNotWaitForASlowFrame) {
    Play p;
    p.fake->call_milliseconds = 60'000;
    p.begin(turbo());
    ASSERT_TRUE(p.until([&] { return !p.steps.empty(); }));
    auto begun = std::chrono::steady_clock::now();
    p.generation.reset();
    EXPECT_LT(std::chrono::steady_clock::now() - begun, 30s);  // not the three minutes of the frame
}

// At a session's end the play waits there; a way back goes on from there again, and who takes over plays on, without a pause in between.
TEST(Generation, GoesOnFromTheEndOfASession) {
    ScratchFolder folder;
    {
        Stage stage(std::make_unique<FakeWorld>("bricks"), make_game("bricks"));
        drift::Play play(stage);
        LogWriter writer(folder / "a.driftlog", stage.info());
        play.set_listener([&](const LogEvent& event, const Step&) { writer.put(event); });
        play.open(7, solo({}));
        for (int i = 0; i < 12; ++i) play.advance({}, solo({}));
    }
    Play p;
    p.begin(turbo());
    p.generation->send({Command::Kind::watch_session, 0, folder / "a.driftlog"});
    ASSERT_TRUE(p.until([&] { return !p.steps.empty() && p.steps.back().position == 12; }));
    p.generation->send({Command::Kind::seek_to, 3});
    ASSERT_TRUE(p.until([&] { return p.steps.back().position == 3 || p.steps.back().position > 3; }));
    p.steps.clear();
    ASSERT_TRUE(p.until([&] { return !p.steps.empty() && p.steps.back().position == 12; }));
    p.generation->send({Command::Kind::take_over_session});
    ASSERT_TRUE(p.until([&] { return p.steps.back().index > 14; }));
    EXPECT_FALSE(p.take_failure());
}

}  // namespace
}  // namespace drift
