// Recorded play as values: what is held out, where play may open, and how far a dream follows it.
#include "core/data_set.h"

#include <gtest/gtest.h>

#include <cmath>

#include "made_world.h"
#include "measure/evaluate_clips.h"
#include "recorded_play.h"

namespace drift {
namespace {

void expect_unbroken(const Clip& clip) {
    ASSERT_EQ(clip.actions.size() + 1, clip.frames.size());
    for (std::size_t i = 0; i + 1 < clip.frames.size(); ++i) {
        EXPECT_EQ(clip_of(clip.frames[i]), clip_of(clip.frames[i + 1]));
        EXPECT_EQ(place_of(clip.frames[i]) + 1, place_of(clip.frames[i + 1]));
        EXPECT_EQ(clip.actions[i], place_of(clip.frames[i]) % 3);
    }
    for (int frame : clip.rare) EXPECT_EQ(place_of(clip.frames[static_cast<std::size_t>(frame)]) % 10, 0);
}

TEST(HoldOut, TakesWholeClipsAndTheEndOfOne) {
    std::vector<Clip> clips{counted_clip(0, 100), counted_clip(1, 80), counted_clip(2, 20)};
    auto held = hold_out(clips, 0.2);
    EXPECT_EQ(count_frames(held), 40u);
    EXPECT_EQ(count_frames(clips), 160u);
    ASSERT_EQ(held.size(), 2u);
    EXPECT_EQ(clips.size(), 2u);
    for (const Clip& clip : clips) expect_unbroken(clip);
    for (const Clip& clip : held) expect_unbroken(clip);
    EXPECT_EQ(clips[1].rare, (std::vector<int>{10, 20, 30, 40, 50}));
    EXPECT_EQ(held[1].rare, (std::vector<int>{10}));  // frame 70; 60 begins the tail and is led to by nothing
}

TEST(HoldOut, OfAlmostNothingTakesNothing) {
    std::vector<Clip> clips{counted_clip(0, 8)};
    EXPECT_TRUE(hold_out(clips, 0.1).empty());
    EXPECT_EQ(clips[0].frames.size(), 8u);
    std::vector<Clip> none;
    EXPECT_TRUE(hold_out(none, 0.1).empty());
}

TEST(Openings, AreBeginningsFirstAndPlacesWithinFewClips) {
    std::vector<Clip> many;
    for (int c = 0; c < 12; ++c) many.push_back(counted_clip(c, c == 3 ? 2 : 30));
    auto openings = openings_of(many, 8, 4);
    ASSERT_EQ(openings.size(), 8u);
    for (const History& opening : openings) {
        EXPECT_EQ(place_of(opening.frames[0]), 0);
        EXPECT_NE(clip_of(opening.frames[0]), 3) << "too short";
        EXPECT_EQ(opening.frames.size(), 4u);
        EXPECT_EQ(opening.actions, (std::vector<ActionCode>{0, 1, 2}));
    }
    std::vector<Clip> one{counted_clip(0, 100)};
    openings = openings_of(one, 8, 4);
    ASSERT_EQ(openings.size(), 8u);
    EXPECT_EQ(place_of(openings[0].frames[0]), 0);
    EXPECT_EQ(place_of(openings[4].frames[0]), 48);
    std::vector<Clip> tiny{counted_clip(0, 5)};
    EXPECT_EQ(openings_of(tiny, 8, 4).size(), 2u);
    EXPECT_TRUE(openings_of(tiny, 8, 6).empty());
}

struct EvaluateClips : testing::Test {
    MadeWorld world;
    EvaluationOptions options;
    std::vector<Clip> clips{counted_clip(0, 9), counted_clip(1, 40), counted_clip(2, 30)};
    void SetUp() override {
        options.episodes = 5;
        options.horizons = {20, 1, 5, 50};
    }
};

TEST_F(EvaluateClips, AnOracleHasFullMarksAndIsGivenTheClipsActions) {
    world.make = [](const DreamRequest& request, std::size_t) {
        const Frame& last = request.history->frames.back();
        EXPECT_EQ(request.action, place_of(last) % 3);
        EXPECT_EQ(request.history->frames.size(), 4u);
        Frame next = last;
        for (std::size_t k = 1; k < next.rgb.size(); k += 3) ++next.rgb[k];
        return next;
    };
    auto result = evaluate_clips(world, clips, options);
    EXPECT_EQ(result.horizons, (std::vector<int>{1, 5, 20})) << "no clip is long enough for 50";
    for (std::size_t h = 0; h < 3; ++h) {
        EXPECT_EQ(result.psnr[h], psnr_ceiling);
        EXPECT_LT(result.copy_psnr[h], psnr_ceiling);
    }
    EXPECT_TRUE(std::isnan(result.obeyed));
}

TEST_F(EvaluateClips, AFrozenPictureIsTheCopy) {
    world.make = [](const DreamRequest& request, std::size_t) { return request.history->frames.back(); };
    auto result = evaluate_clips(world, clips, options);
    EXPECT_EQ(result.psnr, result.copy_psnr);
}

TEST_F(EvaluateClips, OfTooShortClipsThereIsNone) {
    clips = {counted_clip(0, 4)};
    EXPECT_TRUE(evaluate_clips(world, clips, options).horizons.empty());
    EXPECT_TRUE(evaluate_clips(world, {}, options).horizons.empty());
}

}  // namespace
}  // namespace drift
