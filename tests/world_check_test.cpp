// What can be known of a world: a perfect one scores perfect, and one that is deaf, late or frozen is told as such, with its real game or without.
#include "measure/world_check.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "fake_world.h"
#include "games/list.h"
#include "made_world.h"
#include "measure/statistics.h"

namespace drift {
namespace {

// The real game behind a world's interface: it plays from the opening of the request's seed all that was asked for since. What it is made to do
// with the actions is its fault.
class TruthWorld : public WorldModel {
public:
    using Fault = std::function<std::vector<ActionCode>(std::vector<ActionCode> actions)>;
    explicit TruthWorld(Fault fault = {}) : fake_("bricks"), fault_(std::move(fault)) {
        auto game = make_game("bricks");
        for (std::uint64_t seed = 0; seed < 3; ++seed) {
            History& opening = openings_.emplace_back();
            game->reset(seed);
            for (int i = 0; i < info().context_frames; ++i) {
                if (i > 0) game->step(0), opening.actions.push_back(0);
                game->render(opening.frames.emplace_back());
            }
        }
    }
    const WorldInfo& info() const override { return fake_.info(); }
    const std::vector<History>& openings() const override { return openings_; }
    void imagine(std::span<const DreamRequest> requests, std::span<Frame> frames) override {
        for (std::size_t i = 0; i < requests.size(); ++i) {
            const DreamRequest& request = requests[i];
            auto& taken = taken_[{request.seed, request.lane}];
            taken.resize(static_cast<std::size_t>(request.step - 1));
            taken.push_back(request.action);
            auto game = make_game("bricks");
            game->reset(request.seed);
            for (int k = 1; k < info().context_frames; ++k) game->step(0);
            for (int action : fault_ ? fault_(taken) : taken) game->step(action);
            game->render(frames[i]);
        }
    }

private:
    FakeWorld fake_;
    Fault fault_;
    std::vector<History> openings_;
    std::map<std::pair<std::uint64_t, std::uint32_t>, std::vector<ActionCode>> taken_;
};

WorldCheckOptions few(bool with_game) {
    WorldCheckOptions options;
    options.openings = 3, options.frames = 40, options.held = 8;
    if (with_game) options.make_game = [] { return make_game("bricks"); };
    else options.seed = 0;  // its own openings are of seeds 0 to 2
    return options;
}

WorldCheck check_of(TruthWorld::Fault fault, bool with_game = true) {
    TruthWorld world(std::move(fault));
    return check_world(world, few(with_game));
}

TEST(WorldCheck, APerfectWorldIsPerfect) {
    const WorldCheck check = check_of({});
    EXPECT_TRUE(verdicts(check).empty()) << verdicts(check).front();
    ASSERT_EQ(check.keys.size(), 2u);
    for (const auto& key : check.keys) {
        EXPECT_EQ(key.psnr, *key.real) << key.name;
        EXPECT_EQ(key.first, key.real_first) << key.name;
        EXPECT_EQ(key.heard, 1) << key.name;
    }
    EXPECT_EQ(check.late, 0);
    ASSERT_EQ(check.ways.size(), 1u);
    EXPECT_EQ(check.ways[0].there, "left");
    EXPECT_EQ(check.ways[0].psnr, *check.ways[0].real);
    for (const auto& quarter : check.quarters) {
        EXPECT_EQ(quarter.idle.psnr, 60) << "the most there is";
        EXPECT_EQ(quarter.keyed.psnr, 60);
        EXPECT_EQ(quarter.keyed.sharpness, quarter.real_keyed->sharpness);
    }
    for (const auto& distance : check.distances) EXPECT_EQ(distance.psnr, *distance.real) << distance.frames;
    EXPECT_EQ(check.motion, *check.real_motion);
    EXPECT_EQ(check.spread, 0);
    EXPECT_FALSE(check.auroc) << "nothing is wrong";
}

TEST(WorldCheck, WithoutAGameAPerfectWorldHasNothingWrongEither) {
    const WorldCheck check = check_of({}, false);
    EXPECT_TRUE(verdicts(check).empty()) << verdicts(check).front();
    EXPECT_FALSE(check.late);
    EXPECT_FALSE(check.real_motion);
    EXPECT_FALSE(check.quarters[0].keyed.psnr);
}

TEST(WorldCheck, ADeafWorldIsToldByTheKeysThatItDoesNotHear) {
    auto deaf_to_left = [](std::vector<ActionCode> actions) {
        std::replace(actions.begin(), actions.end(), 1, 0);
        return actions;
    };
    for (bool with_game : {true, false}) {
        const WorldCheck check = check_of(deaf_to_left, with_game);
        ASSERT_EQ(check.keys[0].name, "left");
        EXPECT_EQ(check.keys[0].heard, 0);
        EXPECT_FALSE(check.keys[0].first);
        const auto said = verdicts(check);
        ASSERT_EQ(said.size(), 1u);
        EXPECT_EQ(said[0], "It does not listen to left: held for 8 frames, the picture is the same as without.");
    }
}

TEST(WorldCheck, ALateWorldIsToldByHowManyFrames) {
    for (int late : {1, 3}) {
        const WorldCheck check = check_of([late](std::vector<ActionCode> actions) {
            actions.insert(actions.begin(), static_cast<std::size_t>(late), 0);
            actions.resize(actions.size() - static_cast<std::size_t>(late));
            return actions;
        });
        EXPECT_EQ(check.late, late);
        const auto said = verdicts(check);
        ASSERT_FALSE(said.empty());
        EXPECT_EQ(said[0], "It is late: keys show " + std::to_string(late) + " frames after they do in the real game.");
    }
}

TEST(WorldCheck, AFrozenWorldIsToldAndNothingElse) {
    for (bool with_game : {true, false}) {
        const auto said =
            verdicts(check_of([](const std::vector<ActionCode>&) { return std::vector<ActionCode>{}; }, with_game));
        ASSERT_EQ(said.size(), 1u);
        EXPECT_EQ(said[0].substr(0, 13), "It is frozen:");
    }
}

TEST(WorldCheck, NoiseIsSpreadAndRoughness) {
    FakeWorld world("bricks");
    WorldCheckOptions options = few(true);
    options.settings.start_scale = 20;
    const WorldCheck check = check_world(world, options);
    EXPECT_GT(check.spread, 5);
    ASSERT_TRUE(check.auroc);
    const auto said = verdicts(check);
    EXPECT_TRUE(
        std::any_of(said.begin(), said.end(), [](const std::string& s) { return s.starts_with("It roughens"); }));
}

TEST(WorldCheck, WhatCannotBeCheckedIsASentence) {
    TruthWorld world;
    WorldCheckOptions options = few(true);
    options.openings = 0;
    EXPECT_THROW(check_world(world, options), Error);
    options = few(true);
    options.held = options.frames + 1;  // there is no picture without a key to hold the last one against
    EXPECT_THROW(check_world(world, options), Error);
}

TEST(AreaUnderRoc, IsTheShareOfPairsInTheRightOrder) {
    EXPECT_EQ(area_under_roc({1, 2, 3, 4}, {false, false, true, true}), 1.0);
    EXPECT_EQ(area_under_roc({1, 2, 3, 4}, {true, true, false, false}), 0.0);
    EXPECT_EQ(area_under_roc({1, 3, 2, 4}, {false, false, true, true}), 0.75);
    EXPECT_EQ(area_under_roc({5, 5, 5}, {true, false, false}), 0.5) << "ties count half";
    EXPECT_EQ(area_under_roc({1, 2}, {true, true}), std::nullopt);
    EXPECT_EQ(area_under_roc({}, {}), std::nullopt);
}

// A picture that each action makes brighter by itself, times ten; which key was played says all of the next one.
struct Brightness : testing::Test {
    static Frame picture(int level) {
        Frame frame(4, 4);
        std::fill(frame.rgb.begin(), frame.rgb.end(), static_cast<std::uint8_t>(level));
        return frame;
    }
    static int level(const Frame& frame) { return frame.rgb[0]; }
    std::vector<Clip> clips{1};
    MadeWorld world;
    void SetUp() override {
        int now = 0;
        for (int i = 0; i < 200; ++i) {
            const int action = (i * i / 3) % 3;
            now = (now + 10 * action) % 200;
            clips[0].add(action, picture(now), false);
        }
        world.facts.context_frames = 4;
    }
};

TEST_F(Brightness, KeysOfOtherMomentsTellWhetherAWorldListens) {
    world.make = [](const DreamRequest& r, std::size_t) {
        return picture((level(r.history->frames.back()) + 10 * r.action) % 200);
    };
    const auto perfect = shuffle_actions(world, clips, {}, 1);
    ASSERT_TRUE(perfect);
    EXPECT_EQ(perfect->moments, 64);
    EXPECT_EQ(perfect->ratio, std::numeric_limits<double>::infinity()) << "its own keys leave nothing to be wrong";
    EXPECT_GT(perfect->gain_lo, 10);

    world.make = [](const DreamRequest& r, std::size_t) { return r.history->frames.back(); };
    const auto deaf = shuffle_actions(world, clips, {}, 1);
    ASSERT_TRUE(deaf);
    EXPECT_EQ(deaf->ratio, 1);
    EXPECT_EQ(deaf->gain, 0);
    WorldCheck check;
    check.motion = 1, check.quarters.resize(WorldCheck::segments), check.shuffle = deaf;
    EXPECT_EQ(verdicts(check).size(), 1u);
    check.shuffle = perfect;
    EXPECT_EQ(verdicts(check).size(), 0u);

    std::fill(clips[0].actions.begin(), clips[0].actions.end(), std::uint8_t{0});
    EXPECT_FALSE(shuffle_actions(world, clips, {}, 1)) << "there are no other keys";
    clips[0].frames.cut_tail(195);
    EXPECT_FALSE(shuffle_actions(world, clips, {}, 1)) << "too few frames";
}

}  // namespace
}  // namespace drift
