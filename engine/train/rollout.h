// Episodes of the real game as training data: states are kept, pictures are drawn when a batch asks for them.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "core/game.h"

namespace drift {

// How episodes are made; the caller knows the games and who plays them.
struct RolloutSource {
    std::function<std::unique_ptr<Game>()> make_game;
    std::function<std::function<int(const Game&)>(std::uint64_t seed)> make_policy;
};

// Training uses game seeds below this, evaluation from it on.
inline constexpr std::uint64_t first_held_out_seed = 1'000'000;

struct Rollouts {
    struct Episode {
        std::vector<std::vector<std::uint8_t>> states;  // length + 1
        std::vector<std::uint8_t> actions;              // length; actions[i] led from states[i] to states[i + 1]
    };
    struct Place {
        int episode, frame;
    };
    std::vector<Episode> episodes;
    std::vector<Place> rare;  // frames that a rare event led to
};

// A pure function of (source, seed, part): `part` numbers successive sets of fresh episodes.
Rollouts roll_out(const RolloutSource& source, std::uint64_t seed, std::uint64_t part, int episodes, int length);

struct Batch {
    at::Tensor frames;   // U8 [B, T + 1 + k, 3, H, W]
    at::Tensor actions;  // I64 [B, T + k]: actions[i] led from frame i to frame i + 1
    at::Tensor seen;     // U8 [B, T, 3, H, W]: the context as the network is shown it; true frames, or dreamed ones
};

// Segments of T + 1 + k frames, a pure function of (rollouts, seed, step). `rare_share` of them hold a rare event among the learned
// frames or the two before them.
Batch draw_batch(const Rollouts& rollouts, Game& game, std::uint64_t seed, std::uint64_t step, int batch, int context_frames, int k, double rare_share);

}  // namespace drift
