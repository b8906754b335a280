#include "session/evaluate.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/error.h"
#include "core/noise.h"

namespace drift {
namespace {

constexpr int longest_warm_up = 60;  // real steps before the dream begins, different for each episode

struct Episode {
    std::unique_ptr<Game> game;
    std::function<int(const Game&)> policy;
    History history;
    Frame start, truth;
    Probe before;
    int unlike = 0;  // steps on end below collapse_likeness
};

Episode open_episode(const EvaluationOptions& options, int index, int context_frames) {
    Episode episode{options.make_game(), {}, {}, {}, {}, {}, 0};
    auto seed = options.seed + static_cast<std::uint64_t>(index);
    episode.policy = options.make_policy(seed);
    episode.game->reset(seed);
    int warm_up = static_cast<int>(random_bits({seed, 0, 0}, draw_index(Draw::data, 6), 0) % longest_warm_up);
    for (int i = 0; i < warm_up; ++i) episode.game->step(episode.policy(*episode.game));
    for (int i = 0; i < context_frames; ++i) {
        if (i > 0) {
            int action = episode.policy(*episode.game);
            episode.game->step(action);
            episode.history.actions.push_back(action);
        }
        episode.game->render(episode.truth);
        episode.history.frames.push_back(episode.truth);
    }
    episode.start = episode.truth;
    episode.before = episode.game->probe(episode.truth);
    return episode;
}

double mean(const std::vector<double>& values) { return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size()); }

bool within_a_pixel(const std::optional<Point>& a, const std::optional<Point>& b) {
    return a && b && std::abs(a->x - b->x) <= 1 && std::abs(a->y - b->y) <= 1;
}

}  // namespace

std::pair<double, double> bootstrap_interval(const std::vector<double>& values) {
    constexpr int resamples = 1000;
    std::vector<double> means;
    for (int r = 0; r < resamples; ++r) {
        double sum = 0;
        for (std::size_t i = 0; i < values.size(); ++i)
            sum += values[random_bits({0, static_cast<std::uint64_t>(r), 0}, draw_index(Draw::data, 7), static_cast<std::uint32_t>(i)) % values.size()];
        means.push_back(sum / static_cast<double>(values.size()));
    }
    std::sort(means.begin(), means.end());
    return {means[resamples * 25 / 1000], means[resamples * 975 / 1000 - 1]};
}

Evaluation evaluate(WorldModel& world, const EvaluationOptions& options) {
    if (options.episodes < 1 || options.horizons.empty()) throw Error("evaluation: expected at least one episode and one horizon");
    Evaluation result;
    result.horizons = options.horizons;
    std::sort(result.horizons.begin(), result.horizons.end());
    if (result.horizons.front() < 1) throw Error("evaluation: expected horizons from 1 on, found " + std::to_string(result.horizons.front()));
    std::vector<Episode> episodes;
    for (int e = 0; e < options.episodes; ++e) episodes.push_back(open_episode(options, e, world.info().context_frames));
    const auto names = episodes.front().game->info().objects;

    std::size_t obeyed = 0, steps = 0;
    std::vector<Frame> dreams(episodes.size());
    for (int step = 1; step <= result.horizons.back(); ++step) {
        std::vector<DreamRequest> requests;
        for (std::size_t e = 0; e < episodes.size(); ++e) {
            auto& episode = episodes[e];
            int action = episode.policy(*episode.game);
            requests.push_back({&episode.history, action, options.settings, options.seed + e, static_cast<std::uint64_t>(step), 0});
            episode.game->step(action);
        }
        world.imagine(requests, dreams);

        bool measured = std::find(result.horizons.begin(), result.horizons.end(), step) != result.horizons.end();
        std::vector<double> psnrs, copies;
        std::vector<double> hits(names.size());
        for (std::size_t e = 0; e < episodes.size(); ++e) {
            auto& episode = episodes[e];
            episode.history.roll(requests[e].action, dreams[e]);
            Probe seen = episode.game->probe(dreams[e]);
            obeyed += episode.game->obeyed(episode.before, requests[e].action, seen).value_or(false);
            ++steps;
            episode.before = seen;
            int a_second = episode.game->info().rate;
            if (seen.likeness >= collapse_likeness) episode.unlike = 0;
            else if (++episode.unlike == a_second && !result.collapse_step) result.collapse_step = step - a_second + 1;
            if (!measured) continue;
            episode.game->render(episode.truth);
            psnrs.push_back(psnr(dreams[e], episode.truth));
            copies.push_back(psnr(episode.start, episode.truth));
            Probe real = episode.game->probe();
            for (std::size_t o = 0; o < names.size(); ++o) hits[o] += within_a_pixel(seen.objects[o], real.objects[o]);
        }
        options.progress(step, result.horizons.back());
        if (!measured) continue;
        auto [lo, hi] = bootstrap_interval(psnrs);
        result.psnr.push_back(mean(psnrs)), result.psnr_lo.push_back(lo), result.psnr_hi.push_back(hi);
        result.copy_psnr.push_back(mean(copies));
        for (std::size_t o = 0; o < names.size(); ++o) result.hits[names[o]].push_back(hits[o] / static_cast<double>(episodes.size()));
    }
    result.obeyed = static_cast<double>(obeyed) / static_cast<double>(steps);
    return result;
}

}  // namespace drift
