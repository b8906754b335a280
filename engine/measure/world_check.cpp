#include "measure/world_check.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "core/error.h"
#include "core/noise.h"
#include "measure/check_runs.h"
#include "measure/picture_measures.h"
#include "measure/statistics.h"

namespace drift {
namespace {

constexpr int seen_levels = 32, seen_pixels = 3;  // a key shows where so many pixels are so far off
constexpr int wrong_levels = 16;
constexpr int noises = 8;
constexpr std::array distances{2, 5, 10, 20, 50};

bool shows(const Frame& a, const Frame& b) {
    int pixels = 0;
    for (std::size_t i = 0; i < a.rgb.size(); i += 3) {
        int most = 0;
        for (std::size_t c = i; c < i + 3; ++c) most = std::max(most, std::abs(int(a.rgb[c]) - int(b.rgb[c])));
        pixels += most >= seen_levels;
    }
    return pixels >= seen_pixels;
}

// The first frame in which two runs of the same opening differ plainly; nullopt: none.
std::optional<double> first_difference(const std::vector<Frame>& a, const std::vector<Frame>& b) {
    for (std::size_t i = 1; i < std::min(a.size(), b.size()); ++i)
        if (shows(a[i], b[i])) return static_cast<double>(i);
    return std::nullopt;
}

std::optional<double> median_of(const std::vector<double>& values) {
    return values.empty() ? std::nullopt : std::optional(median(values));
}

double mean_between(const std::vector<std::vector<Frame>>& a, const std::vector<std::vector<Frame>>& b) {
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) sum += psnr(a[i].back(), b[i].back());
    return sum / static_cast<double>(a.size());
}

void listen(WorldCheck& check, const std::string& name, const Run& held, const Run& idle, std::vector<double>& lags) {
    WorldCheck::Key key;
    key.name = name;
    key.psnr = mean_between(held.dreamed, idle.dreamed);
    std::vector<double> first, real_first;
    int heard = 0, of = 0;
    for (std::size_t i = 0; i < held.dreamed.size(); ++i) {
        const auto shown = first_difference(held.dreamed[i], idle.dreamed[i]);
        const auto real = held.real.empty() ? shown : first_difference(held.real[i], idle.real[i]);
        if (shown) first.push_back(*shown);
        if (!held.real.empty() && real) real_first.push_back(*real);
        if (!held.real.empty() && !real) continue;  // nothing to be heard there
        ++of, heard += shown.has_value();
        if (shown && real) lags.push_back(*shown - *real);
    }
    key.heard = of > 0 ? double(heard) / of : 1;
    key.first = median_of(first), key.real_first = median_of(real_first);
    if (!held.real.empty()) key.real = mean_between(held.real, idle.real);
    check.keys.push_back(std::move(key));
}

// Of the pictures `from` to `to` of all openings.
WorldCheck::Look look_of(const std::vector<std::vector<Frame>>& frames, const std::vector<std::vector<Frame>>& truth,
                         int from, int to) {
    WorldCheck::Look look;
    double sharp = 0, colours = 0, fidelity = 0;
    int count = 0;
    for (std::size_t i = 0; i < frames.size(); ++i) {
        const double before = std::max(1e-6, sharpness(frames[i].front()));
        const auto histogram = colour_histogram(frames[i].front());
        for (int k = from; k <= to; ++k, ++count) {
            const Frame& frame = frames[i][static_cast<std::size_t>(k)];
            sharp += sharpness(frame) / before;
            colours += histogram_distance(colour_histogram(frame), histogram);
            if (!truth.empty()) fidelity += psnr(frame, truth[i][static_cast<std::size_t>(k)]);
        }
    }
    look.sharpness = sharp / count, look.colours = colours / count;
    if (!truth.empty()) look.psnr = fidelity / count;
    return look;
}

double mean_motion(const std::vector<std::vector<Frame>>& runs) {
    double sum = 0;
    for (const auto& frames : runs)
        for (std::size_t k = 1; k < frames.size(); ++k)
            sum += motion(frames[k - 1], frames[k]) / static_cast<double>(frames.size() - 1);
    return sum / static_cast<double>(runs.size());
}

double mean_apart(const std::vector<std::vector<Frame>>& runs, std::size_t apart) {
    double sum = 0;
    int count = 0;
    for (const auto& frames : runs)
        for (std::size_t k = apart; k < frames.size(); ++k, ++count) sum += psnr(frames[k - apart], frames[k]);
    return sum / count;
}

void measure_spread(WorldCheck& check, const std::vector<Run>& runs) {
    std::vector<float> spread;
    std::vector<bool> wrong;
    double sum = 0;
    for (std::size_t i = 0; i < runs.front().dreamed.size(); ++i) {
        const std::size_t size = runs.front().dreamed[i].back().rgb.size();
        for (std::size_t at = 0; at < size; ++at) {
            double mean = 0, square = 0;
            for (const Run& run : runs) {
                const double value = run.dreamed[i].back().rgb[at];
                mean += value / noises, square += value * value / noises;
            }
            const double deviation = std::sqrt(std::max(0.0, square - mean * mean));
            sum += deviation;
            if (runs.front().real.empty()) continue;
            spread.push_back(static_cast<float>(deviation));
            const int off = int(runs.front().dreamed[i].back().rgb[at]) - int(runs.front().real[i].back().rgb[at]);
            wrong.push_back(std::abs(off) >= wrong_levels);
        }
        if (i + 1 == runs.front().dreamed.size()) check.spread = sum / static_cast<double>(size * (i + 1));
    }
    check.auroc = area_under_roc(spread, wrong);
}

constexpr int pictures_in_a_row = 8;
WorldCheck::Row row_of(const std::string& title, const Run& run) {
    WorldCheck::Row row;
    row.title = title;
    const auto last = static_cast<int>(run.dreamed.front().size()) - 1;
    for (int k = 0; k < pictures_in_a_row; ++k) {
        const auto at = static_cast<std::size_t>(k * last / (pictures_in_a_row - 1));
        row.captions.push_back(std::to_string(at));
        row.dreamed.push_back(run.dreamed.front()[at]);
        if (!run.real.empty()) row.real.push_back(run.real.front()[at]);
    }
    return row;
}
void add_end(WorldCheck::Row& row, const std::string& caption, const Run& run) {
    row.captions.push_back(caption);
    row.dreamed.push_back(run.dreamed.front().back());
    if (!run.real.empty()) row.real.push_back(run.real.front().back());
}

// "left" and "right" and the like, as they are named; nullopt where the other one is missing.
std::optional<int> inverse_of(const ActionSpace& actions, const std::string& name) {
    constexpr std::array<std::array<const char*, 2>, 2> pairs{{{"left", "right"}, {"up", "down"}}};
    for (const auto& pair : pairs)
        if (name == pair[0])
            for (int a = 0; a < actions.size(); ++a)
                if (actions.entries[static_cast<std::size_t>(a)].name == pair[1]) return a;
    return std::nullopt;
}

}  // namespace

WorldCheck check_world(WorldModel& world, const WorldCheckOptions& options) {
    if (options.openings < 1 || options.held < 1 || options.frames < WorldCheck::segments)
        throw Error("a check: expected at least one opening, a key held for a frame, and runs of " +
                    std::to_string(WorldCheck::segments) + " frames");
    const ActionSpace& actions = world.info().actions;
    const int noop = actions.noop();
    std::vector<int> tried;
    for (int a = 0; a < actions.size(); ++a)
        if (a != noop) tried.push_back(a);
    std::vector<std::pair<int, int>> pairs;
    for (int a : tried)
        if (auto back = inverse_of(actions, actions.entries[static_cast<std::size_t>(a)].name))
            pairs.emplace_back(a, *back);
    const int in_all = 2 * options.frames + static_cast<int>(tried.size()) * options.held +
                       static_cast<int>(pairs.size()) * 2 * options.held + noises;
    Runs runs(world, options, in_all);

    WorldCheck check;
    check.openings = options.openings, check.frames = options.frames, check.held = options.held;
    const Run idle = runs.play(options.frames, [&](std::size_t, int) { return noop; });
    Run beginning = idle;
    for (auto* side : {&beginning.dreamed, &beginning.real})
        for (auto& frames : *side) frames.resize(std::min(frames.size(), static_cast<std::size_t>(options.held) + 1));

    check.rows.push_back(row_of("Without keys", idle));
    WorldCheck::Row ends;
    ends.title = "A key held for " + std::to_string(options.held) + " frames";
    add_end(ends, "none", beginning);
    std::vector<double> lags;
    for (int a : tried) {
        const std::string& name = actions.entries[static_cast<std::size_t>(a)].name;
        const Run held = runs.play(options.held, [&](std::size_t, int) { return a; });
        listen(check, name, held, beginning, lags);
        if (ends.captions.size() < pictures_in_a_row) add_end(ends, name, held);
    }
    check.rows.push_back(std::move(ends));
    if (options.make_game) check.late = median_of(lags);

    for (auto [there, back] : pairs) {
        const Run run =
            runs.play(2 * options.held, [&](std::size_t, int step) { return step <= options.held ? there : back; });
        auto first = [](const std::vector<std::vector<Frame>>& all) {
            std::vector<std::vector<Frame>> begin;
            for (const auto& frames : all) begin.push_back({frames.front()});
            return begin;
        };
        WorldCheck::Way way{actions.entries[static_cast<std::size_t>(there)].name,
                            actions.entries[static_cast<std::size_t>(back)].name,
                            mean_between(run.dreamed, first(run.dreamed)),
                            {}};
        if (!run.real.empty()) way.real = mean_between(run.real, first(run.real));
        check.rows.push_back(row_of(way.there + ", then " + way.back, run));
        check.ways.push_back(std::move(way));
    }

    // Keys that change every four frames or so.
    auto random = [&](std::size_t opening, int step) {
        return static_cast<int>(random_bits({options.seed + opening, static_cast<std::uint64_t>((step + 3) / 4), 0},
                                            draw_index(Draw::data, 8), 0) %
                                static_cast<std::uint32_t>(actions.size()));
    };
    const Run keyed = runs.play(options.frames, random);
    check.rows.push_back(row_of("With random keys", keyed));
    for (int s = 0; s < WorldCheck::segments; ++s) {
        const int from = s * options.frames / WorldCheck::segments + 1,
                  to = (s + 1) * options.frames / WorldCheck::segments;
        WorldCheck::Segment quarter{
            from, to, look_of(idle.dreamed, idle.real, from, to), look_of(keyed.dreamed, keyed.real, from, to), {}, {}};
        if (options.make_game)
            quarter.real_idle = look_of(idle.real, {}, from, to),
            quarter.real_keyed = look_of(keyed.real, {}, from, to);
        check.quarters.push_back(quarter);
    }
    for (int apart : distances) {
        if (apart > options.frames) continue;
        WorldCheck::Distance distance{apart, mean_apart(keyed.dreamed, static_cast<std::size_t>(apart)), {}};
        if (!keyed.real.empty()) distance.real = mean_apart(keyed.real, static_cast<std::size_t>(apart));
        check.distances.push_back(distance);
    }
    check.motion = mean_motion(keyed.dreamed);
    if (!keyed.real.empty()) check.real_motion = mean_motion(keyed.real);

    std::vector<Run> several;
    for (std::uint32_t lane = 0; lane < noises; ++lane) several.push_back(runs.play(1, random, lane));
    measure_spread(check, several);
    return check;
}

}  // namespace drift
