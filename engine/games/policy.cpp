#include "games/policy.h"

namespace drift {
namespace {

double uniform(std::uint32_t bits) { return bits * 0x1p-32; }

}  // namespace

int Policy::act(const Game& game) {
    auto bits = [&](std::uint32_t i) { return random_bits(key_, draw_index(Draw::data, 1), i); };
    if (uniform(bits(0)) >= sticky_) {
        int count = game.info().actions.size();
        const auto expert = uniform(bits(1)) < skill_ ? game.expert_action() : std::nullopt;
        last_ = expert.value_or(static_cast<int>(bits(2) % static_cast<std::uint32_t>(count)));
    }
    ++key_.step;
    return last_;
}

Policy rollout_policy(std::uint64_t seed) {
    NoiseKey key{seed, 0, 1};
    auto draw = [&](std::uint32_t i) { return uniform(random_bits(key, draw_index(Draw::data, 2), i)); };
    double kind = draw(0);
    double skill = kind < 1.0 / 3 ? 0.3 * draw(1) : kind < 2.0 / 3 ? 0.9 + 0.1 * draw(1) : 0.3 + 0.6 * draw(1);
    return Policy(seed, skill, 0.7 * draw(2));
}

Policy sticky_policy(std::uint64_t seed) { return Policy(seed, 0, 0.75); }

Policy demo_policy(std::uint64_t seed) { return Policy(seed, 0.95, 0.2); }

}  // namespace drift
