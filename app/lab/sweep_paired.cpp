#include "lab/sweep_paired.h"

#include <fmt/format.h>

#include <cmath>
#include <cstdio>
#include <tuple>

#include "core/error.h"
#include "measure/paired.h"

namespace drift {

void print_paired(const std::vector<std::filesystem::path>& folders, const SweepPlan& plan,
                  const std::filesystem::path& other_folder, const std::string& against) {
    const bool same = other_folder.empty();
    const SweepPlan other = same ? plan : read_plan(other_folder);
    if (std::tie(plan.game, plan.policy, plan.seed, plan.episodes, plan.sweep.horizons) !=
        std::tie(other.game, other.policy, other.seed, other.episodes, other.sweep.horizons))
        throw Error(other_folder,
                    "expected a sweep of the same game, policy, seed, episodes and horizons, found another");
    const PointName name = parse_point(against);
    const auto mine = episodes_of_points(plan.sweep, read_done(folders, plan).units);
    const auto theirs = same ? mine : episodes_of_points(other.sweep, read_done({other_folder}, other).units);
    bool compared = false;
    std::string text = fmt::format("PSNR minus that of {}{}, dB, with 95 % intervals, {} episodes",
                                   against.empty() ? "the same point" : against,
                                   same ? "" : " of " + printable(other_folder.string()), plan.episodes);
    for (std::size_t p = 0; p < plan.sweep.points.size(); ++p) {
        const auto q = counterpart(plan.sweep, p, other.sweep, name);
        if (!q || (same && *q == p)) continue;
        compared = true;
        text += "\n" + point_name(plan.sweep.axes, plan.sweep.points[p]) + ":";
        if (const auto pairs = pairs_of(mine[p], theirs[*q]); pairs < static_cast<std::size_t>(plan.episodes))
            text += fmt::format(" (of {} episodes that both have done)", pairs);
        for (std::size_t h = 0; h < plan.sweep.horizons.size(); ++h) {
            const Estimate gain = paired_gain(mine[p], theirs[*q], h);
            text += std::isnan(gain.value) ? "  ..."
                                           : fmt::format("  {}: {:+.2f} ({:+.2f} to {:+.2f})", plan.sweep.horizons[h],
                                                         gain.value, gain.low, gain.high);
        }
    }
    if (!compared) {
        std::string there;
        for (const auto& point : other.sweep.points)
            there += (there.empty() ? "" : "; ") + point_name(other.sweep.axes, point);
        throw Error("--against: expected a point to compare others with, found none called \"" + printable(against) +
                    "\"; there are " + there);
    }
    std::puts(text.c_str());
}

}  // namespace drift
