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

using Films = std::vector<std::vector<Frame>>;  // by opening

// PSNR of one's picture `i` to the other's `j`, mean over openings.
double mean_psnr(const Films& a, std::size_t i, const Films& b, std::size_t j) {
    double sum = 0;
    for (std::size_t opening = 0; opening < a.size(); ++opening) sum += psnr(a[opening][i], b[opening][j]);
    return sum / static_cast<double>(a.size());
}

// A run in which one key was held all along, against one without keys.
WorldCheck::Key listen(const std::string& name, const CheckRun& held, const CheckRun& idle, std::vector<double>& lags) {
    const bool beside_game = !held.real.empty();
    const std::size_t end = held.dreamed.front().size() - 1;
    WorldCheck::Key key;
    key.name = name;
    key.psnr = mean_psnr(held.dreamed, end, idle.dreamed, end);
    if (beside_game) key.real = mean_psnr(held.real, end, idle.real, end);
    std::vector<double> first, real_first;
    int heard = 0, of = 0;
    for (std::size_t i = 0; i < held.dreamed.size(); ++i) {
        const auto shown = first_difference(held.dreamed[i], idle.dreamed[i]);
        if (shown) first.push_back(*shown);
        if (beside_game) {
            const auto real = first_difference(held.real[i], idle.real[i]);
            if (!real) continue;  // nothing to be heard there
            real_first.push_back(*real);
            if (shown) lags.push_back(*shown - *real);
        }
        ++of, heard += shown.has_value();
    }
    key.heard = of > 0 ? double(heard) / of : 1;
    key.first = median_of(first), key.real_first = median_of(real_first);
    return key;
}

// Of the pictures `from` to `to` of all openings.
WorldCheck::Look look_of(const Films& frames, const Films& truth, int from, int to) {
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

double mean_motion(const Films& runs) {
    double sum = 0;
    for (const auto& frames : runs)
        for (std::size_t k = 1; k < frames.size(); ++k)
            sum += motion(frames[k - 1], frames[k]) / static_cast<double>(frames.size() - 1);
    return sum / static_cast<double>(runs.size());
}

double mean_apart(const Films& runs, std::size_t apart) {
    double sum = 0;
    int count = 0;
    for (const auto& frames : runs)
        for (std::size_t k = apart; k < frames.size(); ++k, ++count) sum += psnr(frames[k - apart], frames[k]);
    return sum / count;
}

// Of the same openings' next frames, each run with a noise of its own.
void measure_spread(WorldCheck& check, const std::vector<CheckRun>& runs) {
    const CheckRun& first = runs.front();
    std::vector<float> spread;
    std::vector<bool> wrong;
    for (std::size_t i = 0; i < first.dreamed.size(); ++i) {
        std::vector<Frame> frames;
        for (const CheckRun& run : runs) frames.push_back(run.dreamed[i].back());
        const auto of_this = standard_deviation(frames);
        spread.insert(spread.end(), of_this.begin(), of_this.end());
        if (first.real.empty()) continue;
        for (std::size_t at = 0; at < of_this.size(); ++at) {
            const int off = int(frames.front().rgb[at]) - int(first.real[i].back().rgb[at]);
            wrong.push_back(std::abs(off) >= wrong_levels);
        }
    }
    check.spread = std::accumulate(spread.begin(), spread.end(), 0.0) / static_cast<double>(spread.size());
    if (!first.real.empty()) check.auroc = area_under_roc(spread, wrong);
}

constexpr std::size_t pictures_in_a_row = 8;
void add_picture(WorldCheck::Row& row, const std::string& caption, const CheckRun& run, std::size_t at) {
    row.captions.push_back(caption);
    row.dreamed.push_back(run.dreamed.front()[at]);
    if (!run.real.empty()) row.real.push_back(run.real.front()[at]);
}
WorldCheck::Row row_of(const std::string& title, const CheckRun& run) {
    WorldCheck::Row row;
    row.title = title;
    const std::size_t last = run.dreamed.front().size() - 1;
    for (std::size_t k = 0; k < pictures_in_a_row; ++k) {
        const std::size_t at = k * last / (pictures_in_a_row - 1);
        add_picture(row, std::to_string(at), run, at);
    }
    return row;
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
    if (options.openings < 1 || options.held < 1 || options.frames < std::max(options.held, WorldCheck::segments))
        throw Error("a check: expected at least one opening, a key held for a frame, and long runs of at least " +
                    std::to_string(std::max(options.held, WorldCheck::segments)) + " frames");
    const ActionSpace& actions = world.info().actions;
    auto name_of = [&](int action) { return actions.entries[static_cast<std::size_t>(action)].name; };
    std::vector<int> tried;
    std::vector<std::pair<int, int>> pairs;  // there and back
    for (int a = 0; a < actions.size(); ++a) {
        if (actions.alone(a) == actions.noop()) continue;
        tried.push_back(a);
        if (auto back = inverse_of(actions, name_of(a))) pairs.emplace_back(a, *back);
    }
    const auto held = static_cast<std::size_t>(options.held);
    CheckRuns runs(world, options,
                   2 * options.frames + static_cast<int>(tried.size() + 2 * pairs.size()) * options.held + noises);
    WorldCheck check;
    check.openings = options.openings, check.frames = options.frames, check.held = options.held;

    const CheckRun idle = runs.play(options.frames, [&](std::size_t, int) { return actions.noop(); });
    check.rows.push_back(row_of("Without keys", idle));
    WorldCheck::Row& ends = check.rows.emplace_back();
    ends.title = "A key held for " + std::to_string(options.held) + " frames";
    add_picture(ends, "none", idle, held);
    std::vector<double> lags;
    for (int a : tried) {
        const CheckRun run = runs.play(options.held, [&](std::size_t, int) { return actions.alone(a); });
        check.keys.push_back(listen(name_of(a), run, idle, lags));
        if (ends.captions.size() < pictures_in_a_row) add_picture(ends, name_of(a), run, held);
    }
    if (options.make_game) check.late = median_of(lags);

    for (auto [there, back] : pairs) {
        const CheckRun run =
            runs.play(2 * options.held, [&](std::size_t, int step) { return step <= options.held ? there : back; });
        WorldCheck::Way way{name_of(there), name_of(back), mean_psnr(run.dreamed, 2 * held, run.dreamed, 0), {}};
        if (options.make_game) way.real = mean_psnr(run.real, 2 * held, run.real, 0);
        check.rows.push_back(row_of(way.there + ", then " + way.back, run));
        check.ways.push_back(std::move(way));
    }

    // Keys that change every four frames.
    auto random = [&](std::size_t opening, int step) {
        return static_cast<int>(random_bits({options.seed + opening, static_cast<std::uint64_t>((step + 3) / 4), 0},
                                            draw_index(Draw::data, 8), 0) %
                                static_cast<std::uint32_t>(actions.size()));
    };
    const CheckRun keyed = runs.play(options.frames, random);
    check.rows.push_back(row_of("With random keys", keyed));
    for (int s = 0; s < WorldCheck::segments; ++s) {
        const int from = s * options.frames / WorldCheck::segments + 1,
                  to = (s + 1) * options.frames / WorldCheck::segments;
        WorldCheck::Segment quarter{
            from, to, look_of(idle.dreamed, idle.real, from, to), look_of(keyed.dreamed, keyed.real, from, to), {}, {}};
        if (options.make_game) {
            quarter.real_idle = look_of(idle.real, {}, from, to);
            quarter.real_keyed = look_of(keyed.real, {}, from, to);
        }
        check.quarters.push_back(quarter);
    }
    for (int apart : distances) {
        if (apart > options.frames) continue;
        WorldCheck::Distance distance{apart, mean_apart(keyed.dreamed, static_cast<std::size_t>(apart)), {}};
        if (options.make_game) distance.real = mean_apart(keyed.real, static_cast<std::size_t>(apart));
        check.distances.push_back(distance);
    }
    if (options.make_game) check.still = still_parts(keyed.dreamed, keyed.real);
    check.motion = mean_motion(keyed.dreamed);
    if (options.make_game) check.real_motion = mean_motion(keyed.real);

    std::vector<CheckRun> several;
    for (std::uint32_t lane = 0; lane < noises; ++lane) several.push_back(runs.play(1, random, lane));
    measure_spread(check, several);
    return check;
}

}  // namespace drift
