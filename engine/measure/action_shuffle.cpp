#include "measure/action_shuffle.h"

#include <algorithm>
#include <limits>
#include <utility>
#include <vector>

#include "measure/statistics.h"

namespace drift {
namespace {

constexpr int frames = 4;  // dreamed: games show a key late, and for more than a frame
constexpr std::size_t most = 64;

struct Moment {
    History history;
    std::vector<ActionCode> actions;  // that were played next
    std::vector<Frame> truth;         // and what came of them
};

std::vector<Moment> moments_of(std::span<const Clip> clips, std::size_t context) {
    std::vector<Moment> moments;
    for (const auto& [clip, place] : places_in(clips, most, context + frames)) {
        const auto action = clip->actions.begin() + static_cast<std::ptrdiff_t>(place),
                   next = action + static_cast<std::ptrdiff_t>(context) - 1;
        moments.push_back({{clip->frames.part(place, context), {action, next}},
                           {next, next + frames},
                           clip->frames.part(place + context, frames)});
    }
    return moments;
}

double squared_error(const Frame& a, const Frame& b) {
    double sum = 0;
    for (std::size_t k = 0; k < a.rgb.size(); ++k) sum += (a.rgb[k] - b.rgb[k]) * (a.rgb[k] - b.rgb[k]);
    return sum / static_cast<double>(a.rgb.size());
}

}  // namespace

std::optional<ActionShuffle> shuffle_actions(WorldModel& world, std::span<const Clip> clips,
                                             const SamplerSettings& settings, std::uint64_t seed,
                                             const std::function<void(int done, int of)>& progress) {
    const auto moments = moments_of(clips, static_cast<std::size_t>(world.info().context_frames));
    // Each moment, and another one whose keys are others: the first such from half of the way round on.
    std::vector<std::pair<const Moment*, const Moment*>> pairs;
    for (std::size_t i = 0; i < moments.size(); ++i)
        for (std::size_t k = 0; k < moments.size(); ++k)
            if (const Moment& other = moments[(i + moments.size() / 2 + k) % moments.size()];
                other.actions != moments[i].actions) {
                pairs.push_back({&moments[i], &other});
                break;
            }
    if (pairs.empty()) return std::nullopt;

    // The same noise for a moment's two dreams.
    const std::size_t n = pairs.size();
    std::vector<History> histories;
    for (int shuffled = 0; shuffled < 2; ++shuffled)
        for (const auto& [moment, other] : pairs) histories.push_back(moment->history), world.begin(histories.back());
    std::vector<Frame> dreams(2 * n);
    std::vector<double> error(2 * n), likeness(2 * n);
    for (int step = 0; step < frames; ++step) {
        std::vector<DreamRequest> requests;
        std::vector<Beyond> beyond(2 * n);
        for (std::size_t i = 0; i < 2 * n; ++i) {
            const auto& [moment, other] = pairs[i % n];
            requests.push_back({&histories[i], (i < n ? moment : other)->actions[static_cast<std::size_t>(step)],
                                settings, seed + i % n, static_cast<std::uint64_t>(step) + 1, 0});
            requests.back().beyond = &beyond[i];
        }
        world.imagine(requests, dreams);
        for (std::size_t i = 0; i < 2 * n; ++i) {
            const Frame& truth = pairs[i % n].first->truth[static_cast<std::size_t>(step)];
            histories[i].roll(requests[i].action, dreams[i], beyond[i]);
            error[i] += squared_error(dreams[i], truth) / frames, likeness[i] += psnr(dreams[i], truth) / frames;
        }
        progress(step + 1, frames);
    }

    double own = 0, others = 0;
    std::vector<double> gains;
    for (std::size_t i = 0; i < n; ++i)
        own += error[i], others += error[n + i], gains.push_back(likeness[i] - likeness[n + i]);
    const auto [lo, hi] = bootstrap_interval(gains);
    return ActionShuffle{
        static_cast<int>(n), frames, own > 0 ? others / own : others > 0 ? std::numeric_limits<double>::infinity() : 1,
        mean(gains),         lo,     hi};
}

}  // namespace drift
