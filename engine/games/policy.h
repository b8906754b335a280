// Who plays when no one does: a mix of skill, sticky keys and noise, so that roll-outs hold good and bad play.
#pragma once

#include "core/game.h"
#include "core/noise.h"

namespace drift {

class Policy {
public:
    // skill: how often the expert's action is taken, else a random one; sticky: how often the last action is repeated. Both 0..1.
    Policy(std::uint64_t seed, double skill, double sticky) : key_{seed, 0, 0}, skill_(skill), sticky_(sticky) {}
    ActionCode act(const Game& game);
    // The same player, who now and then lets go of the keys, for seconds on end, in this share of the time (0..1, not 1).
    Policy with_rests(double share) const;

private:
    NoiseKey key_;
    double skill_, sticky_, rests_ = 0;
    bool resting_ = false;
    std::optional<ActionCode> last_;
};

// Any of them, as likely as the others: of buttons each held or not, the mouse in any class of each axis.
ActionCode any_action(const ActionSpace& actions, std::uint32_t bits, std::uint32_t motion);

// Skill and stickiness drawn from the seed: a third plays badly, a third well, the rest between.
Policy rollout_policy(std::uint64_t seed);
// The same with rests. For training: a world that never saw anyone stand still dissolves where nobody plays.
Policy resting_policy(std::uint64_t seed);
// Random keys, each held for four steps on average.
Policy sticky_policy(std::uint64_t seed);
// A good player with human faults, for demonstrations.
Policy demo_policy(std::uint64_t seed);

}  // namespace drift
