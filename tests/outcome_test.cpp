// Worlds that say more than a picture: what they remember is part of the state, an ended episode starts again, their own player plays.
#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "scratch_folder.h"
#include "session/generation.h"
#include "session/log/moment.h"
#include "session/play.h"

namespace drift {
namespace {

using namespace std::chrono_literals;

// Counts its steps in its memory; each earns 1, the fifth ends the episode; its player always wants action 2.
class ScoringWorld : public WorldModel {
public:
    explicit ScoringWorld(int favourite = 2, bool small_frames = true) : favourite_(favourite) {
        info_.name = info_.title = "scoring";
        info_.width = info_.height = 8, info_.low_width = info_.low_height = small_frames ? 4 : 0;
        info_.actions.entries = {{"noop", {}}, {"a", {"A"}}, {"b", {"B"}}};
        for (int i = 3; i <= favourite; ++i) info_.actions.entries.push_back({"action " + std::to_string(i), {}});
        info_.rewards = info_.policy = true;
        info_.weights_hash = "0123456789abcdef";
        for (int n = 0; n < 2; ++n) {
            History history;
            history.frames.assign(4, Frame(8, 8));
            history.frames.back().rgb[0] = static_cast<std::uint8_t>(n);
            if (small_frames) history.low.assign(4, Frame(4, 4));
            history.actions.assign(3, 0);
            openings_.push_back(history);
        }
    }
    const WorldInfo& info() const override { return info_; }
    const std::vector<History>& openings() const override { return openings_; }
    void begin(History& history) override {
        history.memory = {0};
        history.outcome = Outcome{0, false, 0, policy(), 0.5f};
    }
    // Of frames of the real game its player always wants action 1.
    Beyond watch(const DreamRequest& request, const Frame&) override {
        Beyond said;
        said.memory = {request.history->memory.at(0) + 1};
        said.outcome = Outcome{0, false, 0, {0, 1, 0}, 0};
        return said;
    }
    void imagine(std::span<const DreamRequest> requests, std::span<Frame> frames) override {
        for (std::size_t i = 0; i < requests.size(); ++i) {
            const History& history = *requests[i].history;
            ASSERT_EQ(history.memory.size(), 1u) << "a lane came without its memory";
            frames[i] = Frame(8, 8);
            frames[i].rgb[1] = static_cast<std::uint8_t>(history.memory[0] + 1);
            frames[i].rgb[2] = static_cast<std::uint8_t>(requests[i].action);
            if (!requests[i].beyond) continue;
            requests[i].beyond->low = Frame(4, 4);
            requests[i].beyond->low.rgb[0] = frames[i].rgb[1];
            requests[i].beyond->memory = {history.memory[0] + 1};
            requests[i].beyond->outcome =
                Outcome{1, history.memory[0] == 4, history.outcome->total + 1, policy(), 0.25f};
        }
    }

private:
    std::vector<float> policy() const {
        std::vector<float> shares(static_cast<std::size_t>(favourite_) + 1);
        shares.back() = 1;
        return shares;
    }
    int favourite_;
    WorldInfo info_;
    std::vector<History> openings_;
};

// Every other step earns 3, the fourth costs a life, the fifth ends it.
class ScoringGame : public Game {
public:
    ScoringGame() {
        info_.name = "scoring", info_.width = info_.height = 8, info_.rate = 15;
        info_.actions.entries = {{"noop", {}}, {"a", {"A"}}, {"b", {"B"}}};
    }
    const GameInfo& info() const override { return info_; }
    void reset(std::uint64_t) override { steps_ = -3; }  // a stage's opening takes three steps
    void step(ActionCode) override { ++steps_; }
    void render(Frame& frame) const override { frame = Frame(8, 8); }
    Probe probe() const override { return {}; }
    Probe probe(const Frame&) const override { return {}; }
    std::optional<bool> obeyed(const Probe&, ActionCode, const Probe&) const override { return std::nullopt; }
    int rare_event() const override { return 0; }
    std::optional<ActionCode> expert_action() const override { return std::nullopt; }
    std::optional<GameOutcome> outcome() const override {
        return GameOutcome{steps_ % 2 ? 3.0f : 0.0f, steps_ == 5, steps_ == 4, false, {}};
    }
    std::vector<std::uint8_t> save() const override { return {static_cast<std::uint8_t>(steps_ + 3)}; }
    void load(std::span<const std::uint8_t> state) override { steps_ = state[0] - 3; }

private:
    GameInfo info_;
    int steps_ = 0;
};

struct Scoring : testing::Test {
    Stage stage{std::make_unique<ScoringWorld>(), nullptr};
    Play play{stage};
};

TEST_F(Scoring, RewardsAddUpAndTheSmallFrameIsShown) {
    play.open(0, solo({}));
    Step step;
    for (int i = 0; i < 3; ++i) step = play.advance({}, solo({}));
    ASSERT_TRUE(step.main_lane().outcome);
    EXPECT_EQ(step.main_lane().outcome->total, 3);
    EXPECT_EQ(step.main_lane().low.rgb[0], 3);
}

TEST_F(Scoring, MemoryIsGoneBackToAndSaved) {
    ScratchFolder scratch;
    play.open(1, solo({}));
    std::vector<Step> steps;
    for (int i = 0; i < 4; ++i) steps.push_back(play.advance({2}, solo({})));
    play.save(scratch.path() / "state");
    play.recall(2);
    EXPECT_EQ(play.advance({2}, solo({})).main_lane().frame, steps[2].main_lane().frame);
    Step back = play.load(scratch.path() / "state");
    EXPECT_EQ(back.main_lane().outcome, steps[3].main_lane().outcome);
    EXPECT_EQ(play.advance({}, solo({})).main_lane().outcome->ended, true) << "the fifth step, as the memory counts";
}

TEST_F(Scoring, MomentsKeepAllOfIt) {
    play.open(1, solo({}));
    play.advance({2}, solo({}));
    auto bytes = to_bytes(play.now());
    EXPECT_EQ(to_bytes(moment_of_bytes(bytes)), bytes);
    EXPECT_EQ(moment_of_bytes(bytes).state.lanes[0].history, play.now().state.lanes[0].history);
}

TEST_F(Scoring, ItsOwnPlayerActs) {
    play.open(0, solo({}));
    ASSERT_TRUE(stage.advised());
    EXPECT_EQ(*stage.advised(), Action{4});
    EXPECT_EQ(*stage.advised(), *stage.advised()) << "the same moment gives the same action";
}

TEST(ScoringBesideItsGame, RewardsAndEndsAreHeldAgainstTheRealOnesAndGoBackWithTheMoment) {
    Stage stage(std::make_unique<ScoringWorld>(2, false), std::make_unique<ScoringGame>());
    Play play(stage);
    EXPECT_FALSE(play.open(0, solo({})).truth_outcome) << "no step led to an opening";
    Step step;
    for (int i = 0; i < 5; ++i) step = play.advance({}, solo({}));
    ASSERT_TRUE(step.truth_outcome) << step.truth_lost;
    EXPECT_EQ(step.truth_outcome->reward, 3);
    // The world gives 1 at each step and ends at the fifth.
    EXPECT_EQ(step.main_lane().agreement, (Agreement{5, 5, 3, 2, 1}));
    play.recall(2);
    EXPECT_EQ(play.advance({}, solo({})).main_lane().agreement, (Agreement{3, 3, 2, 0, 0}));
    EXPECT_EQ(play.open(1, solo({})).main_lane().agreement, Agreement{}) << "of this episode";
}

TEST(ScoringBesideItsGame, TheWorldsPlayerLooksAtTheRealGame) {
    Stage stage(std::make_unique<ScoringWorld>(2, false), std::make_unique<ScoringGame>());
    Play play(stage);
    play.open(0, solo({}));
    play.advance({}, solo({}));
    EXPECT_EQ(*stage.advised(), Action{4}) << "of the dream: the second button";
    EXPECT_EQ(*stage.advised(Stage::Seen::truth), Action{2}) << "of the real game: the first";
    const StageState kept = stage.save();
    EXPECT_EQ(kept.truth.memory, std::vector<float>{1}) << "it remembers what it saw";
}

TEST(ManyActions, AWorldsPlayerTakesThoseBeyondTheBits) {
    Stage stage(std::make_unique<ScoringWorld>(40), nullptr);
    Play play(stage);
    play.open(0, solo({}));
    ASSERT_TRUE(stage.advised());
    EXPECT_EQ(play.advance(*stage.advised(), solo({})).network_action, 40);
}

TEST(ScoringPlay, AnEndedEpisodeStartsAgainAndTheWorldsPlayerHasTheKeys) {
    Generation::Plan plan;
    plan.open = [](const std::filesystem::path&) {
        return std::make_unique<Stage>(std::make_unique<ScoringWorld>(), nullptr);
    };
    plan.frames = 12;
    Generation generation(plan);
    Controls controls;
    controls.speed = 0;
    controls.policy = true;
    controls.at_end = Controls::AtEnd::next;
    generation.set_controls(controls);
    std::vector<Step> steps;
    std::optional<OpenedWorld> opened;
    for (auto end = std::chrono::steady_clock::now() + 20s; std::chrono::steady_clock::now() < end;
         std::this_thread::sleep_for(1ms)) {
        Delivery all = generation.take();
        if (all.world) opened = all.world;
        for (auto& shown : all.steps) steps.push_back(std::move(shown.step));
        if (all.finished) break;
    }
    std::vector<std::uint64_t> seeds;
    for (const Step& step : steps) {
        if (step.kind == Step::Kind::opened) seeds.push_back(step.seed);
        if (step.kind == Step::Kind::played) {
            EXPECT_EQ(step.network_action, 2);
        }
    }
    EXPECT_EQ(seeds, (std::vector<std::uint64_t>{0, 1, 2})) << "five steps each";
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened->openings.size(), 2u) << "to choose from";
}

}  // namespace
}  // namespace drift
