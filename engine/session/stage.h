// One dream and the truth beside it, moved by one step at a time: no thread, no clock, so that everything that plays is this.
#pragma once

#include <cstdint>
#include <memory>
#include <stop_token>

#include "core/game.h"
#include "core/step.h"
#include "core/world_model.h"

namespace drift {

class Stage {
public:
    // `game` may be null: there is no truth then. Throws Error where the game is not the one that the world dreams of.
    Stage(std::unique_ptr<WorldModel> world, std::unique_ptr<Game> game);

    const WorldInfo& info() const { return world_->info(); }
    // The truth as it stands, for who plays by looking at it; null where there is none.
    const Game* game() const { return game_.get(); }

    // The opening of that seed: step 0. With a game the history is its own first frames, so that dream and truth start as one.
    Step open(std::uint64_t seed, const SamplerSettings& settings);
    // The next step. Throws Error where imagining fails; nothing has moved then.
    // Once `stop` is asked the step means nothing and the stage must not be used on.
    Step step(Action action, const SamplerSettings& settings, std::stop_token stop = {});

private:
    std::unique_ptr<WorldModel> world_;
    std::unique_ptr<Game> game_;
    History history_;
    std::uint64_t index_ = 0;
    std::uint64_t episode_ = 0;
    std::uint64_t seed_ = 0;
};

}  // namespace drift
