// Who plays when no one does: a mix of skill, sticky keys and noise, so that roll-outs hold good and bad play.
#pragma once

#include "core/game.h"
#include "core/noise.h"

namespace drift {

class Policy {
public:
    // skill: how often the expert's action is taken, else a random one; sticky: how often the last action is repeated. Both 0..1.
    Policy(std::uint64_t seed, double skill, double sticky) : key_{seed, 0, 0}, skill_(skill), sticky_(sticky) {}
    int act(const Game& game);

private:
    NoiseKey key_;
    double skill_, sticky_;
    int last_ = 0;
};

// Skill and stickiness drawn from the seed: a third plays badly, a third well, the rest between.
Policy rollout_policy(std::uint64_t seed);
// Random keys, each held for four steps on average.
Policy sticky_policy(std::uint64_t seed);
// A good player with human faults, for demonstrations.
Policy demo_policy(std::uint64_t seed);

}  // namespace drift
