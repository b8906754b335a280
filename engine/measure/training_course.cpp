#include "measure/training_course.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numeric>

namespace drift {
namespace {

constexpr double by_heart = 3;      // dB that what is learned may be ahead of what is held out
constexpr double standstill = 0.2;  // dB over the last evaluations
constexpr std::size_t lately = 3;   // of them

std::string text(const char* format, auto... values) {
    char line[300];
    std::snprintf(line, sizeof line, format, values...);
    return line;
}

double mean_of(const std::vector<double>& values) {
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

// The average of two points, without what is no number.
double between(double a, double b) { return std::isnan(a) ? b : std::isnan(b) ? a : (a + b) / 2; }

}  // namespace

void TrainingCourse::add(const Losses& point) {
    losses.push_back(point);
    if (losses.size() <= most_losses) return;
    std::vector<Losses> fewer;
    for (std::size_t i = 0; i + 1 < losses.size(); i += 2) {
        Losses& one = fewer.emplace_back(losses[i + 1]);
        for (std::size_t b = 0; b < one.bands.size(); ++b) one.bands[b] = between(losses[i].bands[b], one.bands[b]);
    }
    if (losses.size() % 2 == 1) fewer.push_back(losses.back());
    losses = std::move(fewer);
}

void TrainingCourse::add(std::int64_t step, double minutes, const Evaluation& held, const Evaluation* known) {
    if (held.horizons.empty()) return;
    Look look{step, minutes, held.horizons, held.psnr, held.copy_psnr, {}};
    if (known && known->horizons == held.horizons) look.known = known->psnr;
    looks.push_back(std::move(look));
}

std::vector<std::string> advice(const TrainingCourse& course) {
    if (course.looks.empty()) return {"Too early to tell: there was no evaluation yet."};
    const TrainingCourse::Look& now = course.looks.back();
    std::vector<std::string> said;
    // Same horizons, or there is nothing to compare.
    std::vector<const TrainingCourse::Look*> like;
    for (const auto& look : course.looks)
        if (look.horizons == now.horizons) like.push_back(&look);
    const auto* before = like.size() > lately ? like[like.size() - 1 - lately] : like.front();
    const double gained = mean_of(now.held) - mean_of(before->held), minutes = now.minutes - before->minutes;

    if (!now.known.empty()) {
        const double ahead = mean_of(now.known) - mean_of(now.held);
        if (ahead > by_heart && like.size() > 1 && gained < 0)
            said.push_back(
                text("It learns the recordings by heart: %.1f dB closer on what it learned from than on what "
                     "was held out, and the latter is getting worse. Stop here, or record more play.",
                     ahead));
        else if (ahead > by_heart)
            said.push_back(
                text("More recorded play would help: it is %.1f dB closer on what it learned from than on "
                     "what was held out.",
                     ahead));
    }
    std::vector<int> worse;
    for (std::size_t h = 0; h < now.horizons.size(); ++h)
        if (now.held[h] < now.copy[h]) worse.push_back(now.horizons[h]);
    if (!worse.empty() && worse.front() == now.horizons.front())
        said.push_back(
            "Not ready yet: after a single frame it is further from the game than a picture that stands still.");
    else if (!worse.empty() && now.horizons[now.horizons.size() - worse.size()] != worse.front())
        said.push_back(
            text("After %d frames it is further from the game than a picture that stands still.", worse.front()));
    else if (!worse.empty())
        said.push_back(
            text("From %d frames on it is further from the game than a picture that stands still.", worse.front()));
    if (like.size() <= lately)
        said.push_back(
            text("Too early for a trend: %zu evaluation%s so far.", like.size(), like.size() == 1 ? "" : "s"));
    else if (gained > standstill)
        said.push_back(text("Still gaining: %.1f dB in the last %.0f minutes. Let it run on.", gained, minutes));
    else if (gained < -standstill)
        said.push_back(text("Getting worse: %.1f dB lost in the last %.0f minutes. A lower learning rate may help.",
                            -gained, minutes));
    else
        said.push_back(
            text("No longer gaining (%+.1f dB in the last %.0f minutes). End with a falling learning rate "
                 "(--settle-share 0.3), or try a larger network.",
                 gained, minutes));
    return said;
}

}  // namespace drift
