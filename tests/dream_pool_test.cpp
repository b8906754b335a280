// Long dreams as training data: they begin at the truth, go their own way, and come back when they have lost it.
#include "train/dream_pool.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include "core/error.h"
#include "games/list.h"
#include "games/policy.h"
#include "model/bytes.h"
#include "train/rollout.h"

namespace drift {
namespace {

constexpr int context_frames = 4, dreams = 6, lost_after = 8;

std::shared_ptr<const EpisodeSource> bricks() {
    return std::make_shared<RolloutSource>([] { return make_game("bricks"); },
                                           [](std::uint64_t seed) {
                                               return [policy = rollout_policy(seed)](const Game& game) mutable {
                                                   return policy.act(game);
                                               };
                                           });
}

// Imagines that nothing moves.
at::Tensor still(const at::Tensor& frames, const at::Tensor&) { return frames.select(1, frames.size(1) - 1); }

at::Tensor context_of(const Batch& batch) { return batch.frames.slice(1, 0, context_frames); }

TEST(DreamPool, BeginsAtTheTruth) {
    DreamPool pool(bricks(), 1, dreams, context_frames, lost_after);
    auto batch = pool.draw(1, 0, dreams, 2, 0);
    EXPECT_EQ(batch.frames.sizes(), (at::IntArrayRef{dreams, context_frames + 3, 3, 64, 64}));
    EXPECT_EQ(batch.actions.sizes(), (at::IntArrayRef{dreams, context_frames + 2}));
    EXPECT_TRUE(batch.seen.equal(context_of(batch)));
    EXPECT_EQ(pool.mean_age(), 0);
}

TEST(DreamPool, DrawsDifferentDreamsByStep) {
    DreamPool pool(bricks(), 1, dreams, context_frames, lost_after);
    auto all = pool.draw(1, 0, dreams, 0, 0);
    for (int i = 0; i < dreams; ++i)
        for (int j = 0; j < i; ++j) EXPECT_FALSE(all.seen[i].equal(all.seen[j]));
    EXPECT_TRUE(all.seen.equal(pool.draw(1, 0, dreams, 0, 0).seen));
    EXPECT_FALSE(all.seen.equal(pool.draw(1, 1, dreams, 0, 0).seen));
    EXPECT_THROW(pool.draw(1, 0, dreams + 1, 0, 0), Error);
}

// Every episode has a rare event at one frame and, if wanted, one of another kind at each later frame.
class OneEvent : public EpisodeSource {
public:
    explicit OneEvent(int frame, bool more_later = false) : bricks_(bricks()), frame_(frame), more_later_(more_later) {}
    std::string name() const override { return "one event"; }
    int width() const override { return bricks_->width(); }
    int height() const override { return bricks_->height(); }
    EpisodeSet draw(std::uint64_t seed, std::uint64_t part, int episodes, int shortest, int length) const override {
        auto set = bricks_->draw(seed, part, episodes, shortest, length);
        set.rare = {{1, {{0, frame_}}}};
        for (int later = frame_ + 1; more_later_ && later <= length; ++later) set.rare[2].push_back({0, later});
        return set;
    }

private:
    std::shared_ptr<const EpisodeSource> bricks_;
    int frame_;
    bool more_later_;
};

TEST(DreamPool, TakesMoreOfTheDreamsThatComeToARareEvent) {
    // The first dream stands at frame 3 and the others far from it: frame 6 is the third after it.
    DreamPool pool(std::make_shared<OneEvent>(context_frames + 2), 1, dreams, context_frames, lost_after);
    const auto first = pool.frames()[0];
    auto taken = [&](int k, double rare_share) {
        int times = 0;
        for (std::uint64_t step = 0; step < 64; ++step)
            times += pool.draw(1, step, 2, k, rare_share).seen[0].equal(first);
        return times;
    };
    EXPECT_EQ(taken(2, 0.5), 64);
    EXPECT_LT(taken(2, 0), 32);                // a sixth
    EXPECT_LT(taken(1, 0.5), 32);              // the event is one frame further off than what is learned
    auto all = pool.draw(1, 0, dreams, 2, 1);  // there are fewer of them than are wanted
    for (int i = 0; i < dreams; ++i)
        for (int j = 0; j < i; ++j) EXPECT_FALSE(all.seen[i].equal(all.seen[j]));
}

TEST(DreamPool, TakesEachKindOfRareEventAsOften) {
    // The first dream comes to the event of its own kind, all others to some of the other kind.
    DreamPool pool(std::make_shared<OneEvent>(context_frames, true), 1, dreams, context_frames, lost_after);
    const auto first = pool.frames()[0];
    int times = 0;
    for (std::uint64_t step = 0; step < 200; ++step) times += pool.draw(1, step, 1, 0, 1).seen[0].equal(first);
    EXPECT_GT(times, 80);
    EXPECT_LT(times, 120);
}

TEST(DreamPool, KeepsWhatWasDreamedBesideTheTruth) {
    DreamPool pool(bricks(), 1, dreams, context_frames, lost_after);
    auto before = pool.draw(1, 0, dreams, 1, 0);
    pool.advance(still);
    auto after = pool.draw(1, 0, dreams, 1, 0);
    EXPECT_TRUE(after.seen.select(1, context_frames - 1).equal(before.seen.select(1, context_frames - 1)));
    EXPECT_TRUE(context_of(after).equal(before.frames.slice(1, 1, context_frames + 1)));
    EXPECT_TRUE(after.actions.slice(1, 0, context_frames).equal(before.actions.slice(1, 1)));
    EXPECT_EQ(pool.mean_age(), 1);
}

TEST(DreamPool, ADreamThatLostItsTruthBeginsAnew) {
    DreamPool pool(bricks(), 1, dreams, context_frames, lost_after);
    constexpr int frames = 30;
    for (int i = 0; i < frames; ++i) pool.advance(still);
    EXPECT_LT(pool.mean_age(), frames / 2);
}

// Of two ways that chance may take, a dream's own is not to be learned as an error where the recipe says so.
TEST(DreamPool, OneThatMayNotDifferIsLearnedFromWhereItFollowsAlone) {
    const auto source = bricks();
    for (int patience : {1, lost_after}) {
        DreamPool pool(source, 1, dreams, context_frames, patience);
        int astray = 0;
        for (int i = 0; i < 30; ++i) {
            pool.advance(still);
            const auto batch = pool.draw(1, static_cast<std::uint64_t>(i), dreams, 0, 0);
            for (int b = 0; b < dreams; ++b) {
                const auto probe = [&](const at::Tensor& frames) {
                    return make_game("bricks")->probe(frame_of_bytes(frames[b][context_frames - 1]));
                };
                astray += !follows_truth(probe(batch.seen), probe(batch.frames));
            }
        }
        EXPECT_EQ(astray > 0, patience > 1) << patience << ": " << astray;
    }
}

TEST(DreamPool, ComesBackFromItsState) {
    DreamPool pool(bricks(), 1, dreams, context_frames, lost_after),
        restored(bricks(), 1, dreams, context_frames, lost_after);
    for (int i = 0; i < 12; ++i) pool.advance(still);
    restored.restore(pool.frames(), pool.state());
    pool.advance(still), restored.advance(still);
    auto a = pool.draw(1, 5, dreams, 3, 0), b = restored.draw(1, 5, dreams, 3, 0);
    EXPECT_TRUE(a.frames.equal(b.frames) && a.seen.equal(b.seen) && a.actions.equal(b.actions));
    EXPECT_THROW(restored.restore(pool.frames(), "no state"), Error);
    EXPECT_THROW(restored.restore(pool.frames().slice(0, 1), pool.state()), Error);
}

}  // namespace
}  // namespace drift
