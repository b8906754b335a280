#include "measure/evaluate.h"

#include "core/error.h"

namespace drift {

Evaluation evaluate(WorldModel& world, const EvaluationOptions& options) {
    if (options.episodes < 1)
        throw Error("evaluation: expected at least one episode, found " + std::to_string(options.episodes));
    Evaluation result;
    result.horizons = rising(options.horizons);
    GameInfo game;
    const auto records = play_episodes(world, options, 0, options.episodes, &game);
    const auto names = game.judged();
    result.objects = game.objects.size(), result.tolerance = game.tolerance;
    result.names = names;
    for (std::size_t h = 0; h < result.horizons.size(); ++h) {
        std::vector<double> psnrs, copies, moving, copies_moving;
        std::vector<double> hits(names.size()), known(names.size());
        for (const EpisodeRecord& record : records) {
            psnrs.push_back(record.at[h].drift.psnr);
            copies.push_back(record.at[h].copy_psnr);
            moving.push_back(record.at[h].drift.moving_psnr), copies_moving.push_back(record.at[h].copy_moving);
            for (std::size_t o = 0; o < names.size(); ++o)
                hits[o] += record.at[h].within[o].value_or(false), known[o] += record.at[h].within[o].has_value();
        }
        auto [lo, hi] = bootstrap_interval(psnrs);
        result.psnr.push_back(mean(psnrs)), result.psnr_lo.push_back(lo), result.psnr_hi.push_back(hi);
        result.copy_psnr.push_back(mean(copies));
        result.moving_psnr.push_back(known_mean(moving)), result.copy_moving.push_back(known_mean(copies_moving));
        for (std::size_t o = 0; o < names.size(); ++o)
            result.hits[names[o]].push_back(hits[o] / known[o]);  // not a number where none is known
    }
    int obeyed = 0, readable = 0;
    for (const EpisodeRecord& record : records) {
        obeyed += record.at.back().obeyed, readable += record.at.back().readable;
        if (record.collapse_step && (!result.collapse_step || *record.collapse_step < *result.collapse_step))
            result.collapse_step = record.collapse_step;
    }
    // A game in which nothing can be told of it has none; else what is unreadable is not obeyed.
    result.obeyed = readable > 0
                        ? static_cast<double>(obeyed) / (static_cast<double>(records.size()) * result.horizons.back())
                        : Drift::unknown;
    return result;
}

}  // namespace drift
