// What a check plays: the same openings again and again, with other keys, the real game beside the dream where there is one.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include "measure/world_check.h"

namespace drift {

// The frames of one run, by opening; [0] is the beginning. `real` is empty where there is no game.
struct Run {
    std::vector<std::vector<Frame>> dreamed, real;
};
using Actions = std::function<int(std::size_t opening, int step)>;  // step: from 1 on

class Runs {
public:
    Runs(WorldModel& world, const WorldCheckOptions& options, int steps_in_all)
        : world_(world), options_(options), in_all_(steps_in_all) {
        for (int i = 0; i < options.openings; ++i) {
            if (!options.make_game) {
                openings_.push_back(world.openings()[static_cast<std::size_t>(i) % world.openings().size()]);
            } else {
                auto game = options.make_game();
                openings_.push_back(begin(*game, i));
            }
            world.begin(openings_.back());
        }
    }

    Run play(int frames, const Actions& action, std::uint32_t lane = 0) {
        std::vector<History> histories = openings_;
        std::vector<std::unique_ptr<Game>> games;
        Run run;
        for (std::size_t i = 0; i < histories.size(); ++i) {
            run.dreamed.push_back({histories[i].frames.back()});
            if (!options_.make_game) continue;
            games.push_back(options_.make_game());
            begin(*games.back(), static_cast<int>(i));
            run.real.push_back(run.dreamed.back());
        }
        std::vector<Frame> made(histories.size());
        for (int step = 1; step <= frames; ++step) {
            std::vector<DreamRequest> requests(histories.size());
            std::vector<Beyond> beyond(histories.size());
            for (std::size_t i = 0; i < histories.size(); ++i) {
                DreamRequest& request = requests[i];
                request.history = &histories[i];
                request.action = action(i, step);
                request.settings = options_.settings;
                request.seed = options_.seed + i;
                request.step = static_cast<std::uint64_t>(step);
                request.lane = lane;
                request.beyond = &beyond[i];
            }
            world_.imagine(requests, made);
            for (std::size_t i = 0; i < histories.size(); ++i) {
                histories[i].roll(requests[i].action, made[i], beyond[i]);
                run.dreamed[i].push_back(made[i]);
                if (games.empty()) continue;
                games[i]->step(requests[i].action);
                games[i]->render(run.real[i].emplace_back());
            }
            options_.progress(++done_, in_all_);
        }
        return run;
    }

private:
    History begin(Game& game, int opening) const {
        History history;
        game.reset(options_.seed + static_cast<std::uint64_t>(opening));
        for (int i = 0; i < world_.info().context_frames; ++i) {
            if (i > 0) game.step(0), history.actions.push_back(0);
            game.render(history.frames.emplace_back());
        }
        return history;
    }

    WorldModel& world_;
    const WorldCheckOptions& options_;
    int in_all_, done_ = 0;
    std::vector<History> openings_;
};

}  // namespace drift
