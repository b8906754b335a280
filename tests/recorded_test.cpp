// Recorded play as training data: segments within clips, dreams beside it that come back when they have lost it, a resumed run.
#include "train/recorded.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <set>

#include "core/error.h"
#include "games/bricks.h"
#include "model/bytes.h"
#include "recorded_play.h"
#include "scratch_folder.h"
#include "train/trainer.h"

namespace drift {
namespace {

std::shared_ptr<const EpisodeSource> source_of(std::vector<Clip> clips) {
    int side = clips.front().frames.front().width;
    return std::make_shared<RecordedSource>(std::make_shared<const std::vector<Clip>>(std::move(clips)), side, side);
}

TrainingRecipe small() {
    auto recipe = own_world_recipe(Bricks().info().actions);
    recipe.network.unet = {32, {8, 16}, {1, 1}, {false, false}};
    recipe.batch = 4, recipe.dreams = 4, recipe.k_max = 1, recipe.k_every = 2;
    return recipe;
}

TEST(Recorded, SegmentsStayWithinClipsAndReachAllOfThem) {
    auto source = source_of({counted_clip(1, 60), counted_clip(2, 5), counted_clip(3, 12), counted_clip(4, 7)});
    auto set = source->draw(1, 0, 64, 7, 20);
    std::set<int> clips, places;
    for (std::uint64_t step = 0; step < 60; ++step) {
        auto batch = draw_batch(set, pictures_of(set, at::kCPU), 1, step, 8, 4, 2, 0.5);
        ASSERT_EQ(batch.frames.sizes(), (at::IntArrayRef{8, 7, 3, 16, 16}));
        for (int b = 0; b < 8; ++b)
            for (int i = 0; i < 7; ++i) {
                Frame frame = frame_of_bytes(batch.frames[b][i]), first = frame_of_bytes(batch.frames[b][0]);
                EXPECT_EQ(clip_of(frame), clip_of(first));
                EXPECT_EQ(place_of(frame), place_of(first) + i);
                if (i < 6) {
                    EXPECT_EQ(batch.actions[b][i].item<int>(), place_of(frame) % 3);
                }
                clips.insert(clip_of(frame));
                if (clip_of(frame) == 1) places.insert(place_of(frame));
            }
    }
    EXPECT_EQ(clips, (std::set<int>{1, 3, 4})) << "the clip of 5 frames is too short";
    EXPECT_EQ(places.size(), 60u) << "its ends too";
    EXPECT_FALSE(set.rare.empty());
}

TEST(Recorded, WhereAnObjectComesIntoSightIsAKindOfItsOwn) {
    auto look = [](const Frame& picture) {
        Probe there;
        there.objects.resize(2);
        const int place = place_of(picture);
        if (place % 10 >= 5) there.objects[1] = Point{place % 20 >= 10 ? 3.0f : 9.0f, 4};
        if (place % 10 != 2) there.objects[0] = Point{1, 1};  // hidden for a frame
        return there;
    };
    auto clips = std::make_shared<const std::vector<Clip>>(std::vector<Clip>{counted_clip(1, 60)});
    const auto set = RecordedSource(clips, 16, 16, look).draw(1, 0, 3, 7, 30);
    auto is_at = [&](int episode, int frame, int place) {
        Frame picture;
        set.episodes[static_cast<std::size_t>(episode)]->draw(frame, picture);
        return place_of(picture) % 10 == place;
    };
    for (const auto& [kind, place] : {std::pair(2, 3), std::pair(3, 5)}) {  // after a frame, after five
        std::size_t found = 0;
        for (int e = 0; e < 3; ++e)
            for (int i = 1; i < set.episodes[static_cast<std::size_t>(e)]->frames(); ++i) found += is_at(e, i, place);
        ASSERT_TRUE(set.rare.contains(kind));
        std::size_t there = 0;
        for (const auto& rare : set.rare.at(kind)) there += is_at(rare.episode, rare.frame, place);
        EXPECT_EQ(there, found) << kind;
        // A stretch may begin with the frame in which the first is hidden: that it was seen before is not known.
        EXPECT_LE(set.rare.at(kind).size() - there, kind == 3 ? 3u : 0u);
    }
    const auto unknown = RecordedSource(clips, 16, 16).draw(1, 0, 3, 7, 30);
    EXPECT_FALSE(unknown.rare.contains(2) || unknown.rare.contains(3)) << "nothing is known of objects";

    // While it is not seen, the two places where the second comes into sight are places to look at; never those of one that was hidden.
    const Episode& episode = *set.episodes.front();
    const auto places = objects_of(episode, 0, episode.frames(), Located::entrances_too);
    ASSERT_EQ(places.sizes(), (at::IntArrayRef{episode.frames(), 2 * (1 + most_entrances), 2}));
    for (int i = 0; i < episode.frames(); ++i) {
        std::set<float> waited;
        for (std::size_t k = 0; k < 2 * (1 + most_entrances); ++k)
            if (k % (1 + most_entrances) != 0)
                if (const auto x = places[i][static_cast<std::int64_t>(k)][0].item<float>(); !std::isnan(x))
                    waited.insert(x);
        EXPECT_EQ(waited, episode.objects(i)[1] ? std::set<float>() : (std::set<float>{3, 9})) << i;
    }
}

TEST(Recorded, WhatIsTooShortIsSaid) {
    auto source = source_of({counted_clip(1, 6)});
    try {
        source->draw(1, 0, 4, 7, 20);
        ADD_FAILURE() << "no Error was thrown";
    } catch (const Error& error) {
        EXPECT_STREQ(error.what(),
                     "training: expected at least one episode of 7 frames or more, found none longer than 6");
    }
    EXPECT_THROW(DreamPool(source, 1, 2, 4, 8), Error);
}

// A square that moves one pixel a frame: what is lost and what is not is told by pictures alone.
Clip square(int frames) {
    Clip clip;
    for (int i = 0; i < frames; ++i) {
        Frame frame(32, 32);
        for (int y = 10; y < 16; ++y)
            for (int x = 0; x < 6; ++x) frame.at((x + i) % 32, y)[1] = 255;
        clip.add(0, std::move(frame), false);
    }
    return clip;
}

TEST(Recorded, ADreamIsLostWhereItIsFurtherOffThanHalfASecondOfMotion) {
    auto set = source_of({square(60)})->draw(1, 0, 1, 60, 60);
    const Episode& episode = *set.episodes.front();
    Frame frame;
    episode.draw(30, frame);
    EXPECT_TRUE(episode.follows(30, frame));
    episode.draw(28, frame);
    EXPECT_TRUE(episode.follows(30, frame));
    episode.draw(50, frame);
    for (std::uint8_t& byte : frame.rgb) byte = static_cast<std::uint8_t>(byte / 2 + 60);
    EXPECT_FALSE(episode.follows(30, frame));
}

// A small thing that is lost changes a picture by less than what is plainly off.
TEST(Recorded, WhereObjectsAreKnownADreamThatLosesOneIsLost) {
    const auto clips = std::make_shared<const std::vector<Clip>>(std::vector{square(60)});
    // The square is the object: where its first green pixel is.
    const auto look = [](const Frame& picture) {
        Probe probe;
        probe.objects.resize(1);
        for (int x = picture.width - 1; x >= 0; --x)
            if (picture.at(x, 12)[1] > 0) probe.objects[0] = Point{static_cast<float>(x), 10};
        return probe;
    };
    const auto plain = RecordedSource(clips, 32, 32).draw(1, 0, 1, 60, 60);
    const auto seen = RecordedSource(clips, 32, 32, look).draw(1, 0, 1, 60, 60);
    Frame frame;
    seen.episodes[0]->draw(8, frame);
    EXPECT_TRUE(seen.episodes[0]->follows(8, frame));
    EXPECT_TRUE(seen.episodes[0]->follows(10, frame)) << "two pixels off";
    EXPECT_FALSE(seen.episodes[0]->follows(11, frame)) << "three";
    EXPECT_TRUE(plain.episodes[0]->follows(11, frame)) << "what its objects are is not known";
    std::fill(frame.rgb.begin(), frame.rgb.end(), std::uint8_t{0});
    EXPECT_FALSE(seen.episodes[0]->follows(8, frame)) << "gone";
}

TEST(Recorded, AnObjectThatTheTruthDoesNotHaveIsAsWrongAsOneThatIsMissing) {
    Probe with, without;
    with.objects = {Point{3, 4}}, without.objects = {std::nullopt};
    EXPECT_TRUE(follows_truth(with, with));
    EXPECT_TRUE(follows_truth(without, without));
    EXPECT_FALSE(follows_truth(with, without));
    EXPECT_FALSE(follows_truth(without, with));
}

TEST(Recorded, DreamsRunBesideItAndComeBack) {
    DreamPool pool(source_of({square(200), square(24)}), 1, 6, 4, 8);
    // Imagines that all grows brighter and nothing moves.
    for (int i = 0; i < 40; ++i)
        pool.advance(
            [](const at::Tensor& frames, const at::Tensor&) { return frames.select(1, 3).add(25).clamp_min(25); });
    EXPECT_GT(pool.mean_age(), 0);
    EXPECT_LT(pool.mean_age(), 20);
    auto batch = pool.draw(1, 0, 6, 2, 0);
    EXPECT_EQ(batch.frames.sizes(), (at::IntArrayRef{6, 7, 3, 32, 32}));
    EXPECT_FALSE(batch.seen.equal(batch.frames.slice(1, 0, 4)));
}

TEST(Recorded, AResumedRunIsTheUninterruptedOneAndOtherDataIsRefused) {
    ScratchFolder folder;
    auto source = source_of({square(120)});
    Trainer whole(small(), source, at::kCPU, false);
    for (int i = 0; i < 5; ++i) whole.step();
    Trainer begun(small(), source, at::kCPU, false);
    for (int i = 0; i < 2; ++i) begun.step();
    begun.save(folder / "half");
    auto resumed = Trainer::resume(folder / "half", source, at::kCPU, false, [](TrainingRecipe&) {});
    for (int i = 0; i < 3; ++i) resumed.step();
    auto expected = named_tensors(whole.averaged()), found = named_tensors(resumed.averaged());
    for (std::size_t i = 0; i < expected.size(); ++i)
        EXPECT_TRUE(expected[i].second.equal(found[i].second)) << expected[i].first;
    EXPECT_THROW(Trainer::resume(folder / "half", source_of({square(121)}), at::kCPU, false, [](TrainingRecipe&) {}),
                 Error);
}

}  // namespace
}  // namespace drift
