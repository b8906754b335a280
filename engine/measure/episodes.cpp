#include "measure/episodes.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "core/error.h"
#include "core/noise.h"
#include "measure/drift_meter.h"
#include "measure/picture_measures.h"

namespace drift {
namespace {

constexpr int longest_warm_up = 60;  // real steps before the dream begins, different for each episode

struct Episode {
    std::unique_ptr<Game> game;
    std::function<int(const Game&)> policy;
    History history;
    Look opening;
    Frame start;   // the last real frame that the dream has seen
    Frame before;  // the real one before that which is measured next
    Sight seen;    // the newest frame
    Collapse collapse;
    int obeyed = 0, readable = 0;
    EpisodeRecord record;
};

Episode open_episode(const EvaluationOptions& options, int index, int context_frames) {
    Episode episode;
    episode.game = options.make_game();
    auto seed = options.seed + static_cast<std::uint64_t>(index);
    episode.policy = options.make_policy(seed);
    episode.game->reset(seed);
    int warm_up = static_cast<int>(random_bits({seed, 0, 0}, draw_index(Draw::data, 6), 0) % longest_warm_up);
    for (int i = 0; i < warm_up; ++i) episode.game->step(episode.policy(*episode.game));
    for (int i = 0; i < context_frames; ++i) {
        if (i > 0) {
            ActionCode action = episode.policy(*episode.game);
            episode.game->step(action);
            episode.history.actions.push_back(action);
        }
        episode.game->render(episode.start);
        episode.history.frames.push_back(episode.start);
    }
    episode.opening = look_at(episode.history.frames);
    episode.seen = see(episode.game.get(), episode.start);
    return episode;
}

// The dream has come to its `step`; the real game is there already.
void take_step(Episode& episode, ActionCode action, const Frame& dreamed, int step, bool measured) {
    const Game& game = *episode.game;
    episode.history.roll(action, dreamed);
    Sight now = see(&game, dreamed);
    TruthNow truth{&game, nullptr, game.probe()};
    const auto within = judge(now.probe, truth.probe, game.info().tolerance);
    if (!episode.record.off_step && std::find(within.begin(), within.end(), std::optional(false)) != within.end())
        episode.record.off_step = step;
    const auto obeyed = game.obeyed(episode.seen.probe, action, now.probe);
    episode.obeyed += obeyed.value_or(false), episode.readable += obeyed.has_value();
    Drift likeness;
    likeness.likeness = now.probe.likeness;
    if (std::isnan(likeness.likeness)) likeness = look_of(now.frame, episode.opening);
    episode.collapse.see(likeness, static_cast<std::uint64_t>(step), game.info().rate);
    if (episode.collapse.since) episode.record.collapse_step = static_cast<int>(*episode.collapse.since);
    if (measured) {
        Frame frame;
        game.render(frame);
        truth.frame = &frame, truth.before = &episode.before;
        Drift drift = measure(episode.seen, action, now, truth, episode.opening, nullptr);
        episode.record.at.push_back({drift, psnr(episode.start, frame),
                                     moving_psnr(episode.start, frame, episode.before), within, episode.obeyed,
                                     episode.readable});
    }
    episode.seen = std::move(now);
}

}  // namespace

std::vector<std::optional<bool>> judge(const Probe& dreamed, const Probe& truth, int tolerance) {
    std::vector<std::optional<bool>> right;
    for (std::size_t o = 0; o < truth.objects.size(); ++o) {
        const auto& real = truth.objects[o];
        if (!real || o >= dreamed.objects.size()) {
            right.push_back(std::nullopt);
            continue;
        }
        const auto& seen = dreamed.objects[o];
        right.push_back(seen && std::abs(seen->x - real->x) <= tolerance && std::abs(seen->y - real->y) <= tolerance);
    }
    for (std::size_t c = 0; c < truth.counts.size(); ++c) {
        const auto& real = truth.counts[c];
        right.push_back(real && c < dreamed.counts.size()
                            ? std::optional(dreamed.counts[c] && std::abs(*dreamed.counts[c] - *real) <= 1)
                            : std::nullopt);
    }
    return right;
}

std::vector<int> rising(std::vector<int> horizons) {
    std::sort(horizons.begin(), horizons.end());
    horizons.erase(std::unique(horizons.begin(), horizons.end()), horizons.end());
    if (horizons.empty()) throw Error("evaluation: expected at least one horizon");
    if (horizons.front() < 1)
        throw Error("evaluation: expected horizons from 1 on, found " + std::to_string(horizons.front()));
    return horizons;
}

std::vector<EpisodeRecord> play_episodes(WorldModel& world, const EvaluationOptions& options, int first, int count,
                                         GameInfo* game) {
    const auto horizons = rising(options.horizons);
    std::vector<Episode> episodes;
    for (int e = first; e < first + count; ++e)
        episodes.push_back(open_episode(options, e, world.info().context_frames));
    std::vector<Frame> dreams(episodes.size());
    for (int step = 1; step <= horizons.back(); ++step) {
        const bool measured = std::binary_search(horizons.begin(), horizons.end(), step);
        std::vector<DreamRequest> requests;
        for (std::size_t e = 0; e < episodes.size(); ++e) {
            auto& episode = episodes[e];
            if (measured) episode.game->render(episode.before);
            ActionCode action = episode.policy(*episode.game);
            auto seed = options.seed + static_cast<std::uint64_t>(first) + e;
            requests.push_back({&episode.history, action, options.settings, seed, static_cast<std::uint64_t>(step), 0});
            episode.game->step(action);
        }
        world.imagine(requests, dreams);
        for (std::size_t e = 0; e < episodes.size(); ++e)
            take_step(episodes[e], requests[e].action, dreams[e], step, measured);
        options.progress(step, horizons.back());
    }
    if (game && !episodes.empty()) *game = episodes.front().game->info();
    std::vector<EpisodeRecord> records;
    for (auto& episode : episodes) records.push_back(std::move(episode.record));
    return records;
}

}  // namespace drift
