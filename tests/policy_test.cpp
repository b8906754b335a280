// Who plays when no one does.
#include "games/policy.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "games/bricks.h"

namespace drift {
namespace {

std::vector<ActionCode> played(Policy policy, int steps) {
    Bricks game;
    game.reset(1);
    std::vector<ActionCode> actions;
    for (int i = 0; i < steps; ++i) {
        actions.push_back(policy.act(game));
        game.step(actions.back());
    }
    return actions;
}

// Stretches of at least two seconds in which no key is pressed, in steps.
int rested(const std::vector<ActionCode>& actions) {
    const ActionCode noop = Bricks().info().actions.noop();
    int all = 0, now = 0;
    for (ActionCode action : actions) {
        if (action != noop) {
            all += now >= 30 ? now : 0;
            now = 0;
        } else {
            ++now;
        }
    }
    return all + (now >= 30 ? now : 0);
}

TEST(Policies, OneThatRestsLetsGoOfTheKeysForSeconds) {
    const int steps = 40'000;
    const auto actions = played(sticky_policy(3).with_rests(0.25), steps);
    EXPECT_NEAR(rested(actions) / double(steps), 0.25, 0.06);
    EXPECT_EQ(actions, played(sticky_policy(3).with_rests(0.25), steps));
    EXPECT_LT(rested(played(sticky_policy(3), steps)), steps / 100);
}

TEST(Policies, WithoutRestsNothingIsDifferent) {
    EXPECT_EQ(played(sticky_policy(3).with_rests(0), 1000), played(sticky_policy(3), 1000));
}

TEST(Policies, TheOneThatTrainingPlaysWithRestsInAQuarterOfItsTime) {
    int all = 0;
    for (std::uint64_t seed = 0; seed < 40; ++seed) all += rested(played(resting_policy(seed), 1000));
    EXPECT_NEAR(all / 40'000.0, 0.25, 0.08);
}

}  // namespace
}  // namespace drift
