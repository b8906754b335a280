// Episodes of the real game as training data: states are kept, pictures are drawn when a batch asks for them.
#pragma once

#include <functional>

#include "core/game.h"
#include "train/episode_source.h"

namespace drift {

// Training uses game seeds below this, evaluation from it on.
inline constexpr std::uint64_t first_held_out_seed = 1'000'000;

// The caller knows the games and who plays them.
class RolloutSource : public EpisodeSource {
public:
    using MakeGame = std::function<std::unique_ptr<Game>()>;
    using MakePolicy = std::function<std::function<int(const Game&)>(std::uint64_t seed)>;
    RolloutSource(MakeGame make_game, MakePolicy make_policy);

    std::string name() const override { return info_.name; }
    int width() const override { return info_.width; }
    int height() const override { return info_.height; }
    // All of exactly length + 1 frames, of fresh episodes.
    EpisodeSet draw(std::uint64_t seed, std::uint64_t part, int episodes, int shortest, int length) const override;

private:
    MakeGame make_game_;
    MakePolicy make_policy_;
    GameInfo info_;
};

}  // namespace drift
