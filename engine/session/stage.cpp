#include "session/stage.h"

#include <chrono>
#include <string>
#include <utility>

#include "core/error.h"

namespace drift {
namespace {

void check_pair(const WorldInfo& world, const GameInfo& game) {
    auto refuse = [&](const std::string& what, const std::string& expected, const std::string& found) {
        throw Error("world " + world.name + ": its game " + game.name + " has " + what + " " + found + ", the world " + expected);
    };
    auto size = [](int width, int height) { return std::to_string(width) + "x" + std::to_string(height); };
    auto names = [](const ActionSpace& actions) {
        std::string all;
        for (const ActionSpace::Entry& entry : actions.entries) all += (all.empty() ? "" : ", ") + printable(entry.name);
        return all;
    };
    if (world.width != game.width || world.height != game.height)
        refuse("frames of", size(world.width, world.height), size(game.width, game.height));
    if (names(world.actions) != names(game.actions)) refuse("the actions", names(world.actions), names(game.actions));
}

}  // namespace

Stage::Stage(std::unique_ptr<WorldModel> world, std::unique_ptr<Game> game) : world_(std::move(world)), game_(std::move(game)) {
    if (game_) check_pair(info(), game_->info());
    if (!game_ && world_->openings().empty()) throw Error("world " + info().name + ": it has neither a game nor openings to start from");
}

Step Stage::open(std::uint64_t seed, const SamplerSettings& settings) {
    Step step;
    if (game_) {
        history_ = {};
        game_->reset(seed);
        for (int i = 0; i < info().context_frames; ++i) {
            if (i > 0) {
                game_->step(0);
                history_.actions.push_back(0);
            }
            game_->render(history_.frames.emplace_back());
        }
        step.truth = history_.frames.back();
        step.truth_psnr = psnr_ceiling;
    } else {
        history_ = world_->openings()[seed % world_->openings().size()];
    }
    index_ = 0;
    seed_ = seed;
    step.episode = episode_++;
    step.seed = seed;
    step.settings = settings;
    step.dream = history_.frames.back();
    return step;
}

Step Stage::step(Action action, const SamplerSettings& settings, std::stop_token stop) {
    Step step;
    step.index = index_ + 1;
    step.episode = episode_ - 1;
    step.seed = seed_;
    step.action = action;
    step.network_action = info().actions.index(action);
    step.settings = settings;
    step.calls = network_calls(settings);

    DreamRequest request;
    request.history = &history_;
    request.action = step.network_action;
    request.settings = settings;
    request.seed = seed_;
    request.step = step.index;
    request.stop = stop;
    auto begin = std::chrono::steady_clock::now();
    world_->imagine({&request, 1}, {&step.dream, 1});  // first: where it throws, the game has not moved either
    step.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    if (stop.stop_requested()) return step;

    index_ = step.index;
    history_.roll(step.network_action, step.dream);
    if (game_) {
        game_->step(step.network_action);
        game_->render(step.truth);
        step.truth_psnr = psnr(step.dream, step.truth);
    }
    return step;
}

}  // namespace drift
