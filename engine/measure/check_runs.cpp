#include "measure/check_runs.h"

namespace drift {

CheckRuns::CheckRuns(WorldModel& world, const WorldCheckOptions& options, int steps_in_all)
    : world_(world), options_(options), in_all_(steps_in_all) {
    for (std::size_t i = 0; i < static_cast<std::size_t>(options.openings); ++i) {
        if (options.make_game) games_.push_back(options.make_game());
        openings_.push_back(options.make_game ? begin_game(i) : world.openings()[i % world.openings().size()]);
        world.begin(openings_.back());
    }
}

History CheckRuns::begin_game(std::size_t opening) {
    Game& game = *games_[opening];
    const ActionCode idle = game.info().actions.noop();
    History history;
    game.reset(options_.seed + opening);
    for (int i = 0; i < world_.info().context_frames; ++i) {
        if (i > 0) game.step(idle), history.actions.push_back(idle);
        game.render(history.frames.emplace_back());
    }
    return history;
}

CheckRun CheckRuns::play(int frames, const std::function<ActionCode(std::size_t opening, int step)>& action,
                         std::uint32_t lane) {
    std::vector<History> histories = openings_;
    CheckRun run;
    for (const History& history : histories) run.dreamed.push_back({history.frames.back()});
    if (!games_.empty()) run.real = run.dreamed;
    for (std::size_t i = 0; i < games_.size(); ++i) begin_game(i);
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
        }
        for (std::size_t i = 0; i < games_.size(); ++i) {
            games_[i]->step(requests[i].action);
            games_[i]->render(run.real[i].emplace_back());
        }
        options_.progress(++done_, in_all_);
    }
    return run;
}

}  // namespace drift
