#include "games/policy.h"

namespace drift {
namespace {

constexpr double mean_rest = 80;  // steps

double uniform(std::uint32_t bits) { return bits * 0x1p-32; }

}  // namespace

ActionCode any_action(const ActionSpace& actions, std::uint32_t bits, std::uint32_t motion) {
    if (actions.kind != ActionSpace::Kind::buttons)
        return static_cast<int>(bits % static_cast<std::uint32_t>(actions.size()));
    auto class_of = [](const std::vector<double>& classes, std::uint32_t number) {
        return classes.empty() ? 0.0 : classes[number % classes.size()];
    };
    return actions.code(bits, class_of(actions.mouse_x, motion >> 16), class_of(actions.mouse_y, motion & 0xffff));
}

ActionCode Policy::act(const Game& game) {
    const ActionSpace& actions = game.info().actions;
    auto bits = [&](std::uint32_t i) { return random_bits(key_, draw_index(Draw::data, 1), i); };
    if (!last_) last_ = actions.noop();
    if (rests_ > 0) {
        const double begins = rests_ / (1 - rests_) / mean_rest;
        if (uniform(bits(4)) < (resting_ ? 1 / mean_rest : begins)) resting_ = !resting_;
        if (resting_) {
            ++key_.step;
            return actions.noop();
        }
    }
    if (uniform(bits(0)) >= sticky_) {
        const auto expert = uniform(bits(1)) < skill_ ? game.expert_action() : std::nullopt;
        last_ = expert.value_or(any_action(actions, bits(2), bits(3)));
    }
    ++key_.step;
    return *last_;
}

Policy Policy::with_rests(double share) const {
    Policy policy = *this;
    policy.rests_ = share;
    return policy;
}

Policy rollout_policy(std::uint64_t seed) {
    NoiseKey key{seed, 0, 1};
    auto draw = [&](std::uint32_t i) { return uniform(random_bits(key, draw_index(Draw::data, 2), i)); };
    double kind = draw(0);
    double skill = kind < 1.0 / 3 ? 0.3 * draw(1) : kind < 2.0 / 3 ? 0.9 + 0.1 * draw(1) : 0.3 + 0.6 * draw(1);
    return Policy(seed, skill, 0.7 * draw(2));
}

Policy resting_policy(std::uint64_t seed) { return rollout_policy(seed).with_rests(0.25); }

Policy sticky_policy(std::uint64_t seed) { return Policy(seed, 0, 0.75); }

Policy demo_policy(std::uint64_t seed) { return Policy(seed, 0.95, 0.2); }

}  // namespace drift
