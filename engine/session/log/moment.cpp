#include "session/log/moment.h"

#include <zstd.h>

#include <algorithm>
#include <iterator>
#include <memory>

#include "session/log/value_bytes.h"

namespace drift {
namespace {

// A moment begins with this and its version. One of version 2, the first that files hold, begins with its step's position instead, which is
// below 2^32 as long as nobody plays for nine years.
constexpr char tag[7] = {'M', 'o', 'm', 'e', 'n', 't', 0};
constexpr std::uint8_t version = 6;  // 5: actions of 64 bits; 6: walks

ActionWidth width_of(std::uint8_t found) { return found < 5 ? ActionWidth::narrow : ActionWidth::wide; }

void put(ByteWriter& out, float value) { out.put<float>(value); }
void put(ByteWriter& out, std::uint64_t value) { out.put<std::uint64_t>(value); }
void put(ByteWriter& out, const Point& point) {
    const auto& [x, y] = point;
    out.put<float>(x), out.put<float>(y);
}
void put(ByteWriter& out, const GameOutcome& outcome) {
    const auto& [reward, end, life_lost, rare, lives] = outcome;
    out.put<float>(reward);
    out.put<std::uint8_t>(end), out.put<std::uint8_t>(life_lost), out.put<std::uint8_t>(rare);
    out.put<std::int32_t>(lives.value_or(-1));
}
template <class T>
T get_value(ByteReader& in) {
    return in.get<T>();
}
template <>
Point get_value<Point>(ByteReader& in) {
    Point point;
    point.x = in.get<float>(), point.y = in.get<float>();
    return point;
}

template <>
GameOutcome get_value<GameOutcome>(ByteReader& in) {
    GameOutcome outcome;
    outcome.reward = in.get<float>();
    outcome.end = in.get<std::uint8_t>() != 0;
    outcome.life_lost = in.get<std::uint8_t>() != 0;
    outcome.rare = in.get<std::uint8_t>() != 0;
    if (auto lives = in.get<std::int32_t>(); lives >= 0) outcome.lives = lives;
    return outcome;
}

template <class T>
void put(ByteWriter& out, const std::optional<T>& value) {
    out.put<std::uint8_t>(value.has_value());
    put(out, value.value_or(T{}));
}
template <class T>
std::optional<T> get_optional(ByteReader& in) {
    bool there = in.get<std::uint8_t>() != 0;
    T value = get_value<T>(in);
    return there ? std::optional<T>(value) : std::nullopt;
}

void put(ByteWriter& out, const Probe& probe) {
    const auto& [objects, heading, likeness, counts] = probe;
    out.put<std::uint64_t>(objects.size());
    for (const auto& object : objects) put(out, object);
    put(out, heading);
    out.put<double>(likeness);
    out.put<std::uint64_t>(counts.size());
    for (const auto& count : counts) put(out, count);
}
Probe get_probe(ByteReader& in, std::uint8_t found) {
    Probe probe;
    for (auto n = get_count(in); n > 0; --n) probe.objects.push_back(get_optional<Point>(in));
    probe.heading = get_optional<float>(in);
    probe.likeness = in.get<double>();
    if (found > 2)
        for (auto n = get_count(in); n > 0; --n) probe.counts.push_back(get_optional<float>(in));
    return probe;
}

// Of each lane as many values as there are names, in their order.
using Measures = std::vector<const DriftMeasure*>;  // null: one that there is no more
void put_names(ByteWriter& out) {
    out.put<std::uint64_t>(drift_measures().size());
    for (const DriftMeasure& measure : drift_measures()) out.put_text(measure.name);
}
Measures get_names(ByteReader& in) {
    Measures measures;
    for (auto n = get_count(in); n > 0; --n) measures.push_back(find_measure(in.get_text()));
    return measures;
}
Measures names_of_version_2() {
    Measures measures;
    for (const char* name :
         {"psnr", "ssim", "object_error", "obeyed", "likeness", "main_psnr", "sharpness", "colours", "motion"})
        measures.push_back(find_measure(name));
    return measures;
}
void put(ByteWriter& out, const Drift& drift) {
    for (const DriftMeasure& measure : drift_measures()) out.put<double>(drift.*measure.value);
}
Drift get_drift(ByteReader& in, const Measures& measures) {
    Drift drift;
    for (const DriftMeasure* measure : measures) {
        auto value = in.get<double>();
        if (measure) drift.*measure->value = value;
    }
    return drift;
}

void put(ByteWriter& out, const Look& look) {
    const auto& [sharpness, motion, colours] = look;
    out.put<double>(sharpness), out.put<double>(motion);
    for (float share : colours) out.put<float>(share);
}
Look get_look(ByteReader& in) {
    Look look;
    look.sharpness = in.get<double>(), look.motion = in.get<double>();
    for (float& share : look.colours) share = in.get<float>();
    return look;
}

void put(ByteWriter& out, const Agreement& agreement) {
    const auto& [steps, rewards, rewards_agreed, ends, ends_agreed] = agreement;
    for (std::uint32_t count : {steps, rewards, rewards_agreed, ends, ends_agreed}) out.put<std::uint32_t>(count);
}
Agreement get_agreement(ByteReader& in) {
    Agreement agreement;
    auto& [steps, rewards, rewards_agreed, ends, ends_agreed] = agreement;
    for (std::uint32_t* count : {&steps, &rewards, &rewards_agreed, &ends, &ends_agreed})
        *count = in.get<std::uint32_t>();
    return agreement;
}

void put(ByteWriter& out, const Step& step) {
    const auto& [kind, position, index, episode, seed, own_noise, action, network_action, lanes, main, truth,
                 truth_probe, truth_outcome, truth_lost, ghost, film, spread, seconds, calls, truth_seconds] = step;
    static_cast<void>(kind), static_cast<void>(ghost), static_cast<void>(film), static_cast<void>(spread),
        static_cast<void>(truth_seconds);  // of how it was come by, not of the moment
    out.put<std::uint64_t>(position), out.put<std::uint64_t>(index), out.put<std::uint64_t>(episode),
        out.put<std::uint64_t>(seed);
    out.put<std::uint8_t>(own_noise);
    put(out, action);
    out.put<std::int64_t>(network_action);
    out.put<std::uint64_t>(lanes.size());
    for (const auto& [lane, settings, frame, probe, drift, collapsed, low, outcome, agreement] : lanes) {
        out.put<std::int32_t>(lane);
        put(out, settings);
        put(out, frame);
        put(out, probe);
        put(out, drift);
        put(out, collapsed);
        put(out, low);
        put(out, outcome);
        put(out, agreement);
    }
    out.put<std::uint64_t>(main);
    put(out, truth);
    put(out, truth_probe);
    put(out, truth_outcome);
    out.put<double>(seconds);
    out.put<std::int32_t>(calls);
    out.put_text(truth_lost);
}
Step get_step(ByteReader& in, std::uint8_t found, const Measures& measures) {
    Step step;
    step.position = in.get<std::uint64_t>(), step.index = in.get<std::uint64_t>(),
    step.episode = in.get<std::uint64_t>(), step.seed = in.get<std::uint64_t>();
    step.own_noise = in.get<std::uint8_t>() != 0;
    step.action = get_action(in, width_of(found));
    step.network_action = get_code(in, width_of(found));
    for (auto n = get_count(in); n > 0; --n) {
        LaneStep lane;
        lane.lane = in.get<std::int32_t>();
        lane.settings = get_settings(in);
        lane.frame = get_frame(in);
        lane.probe = get_probe(in, found);
        lane.drift = get_drift(in, measures);
        lane.collapsed = get_optional<std::uint64_t>(in);
        lane.low = get_frame(in);
        lane.outcome = get_outcome(in);
        if (found > 3) lane.agreement = get_agreement(in);
        step.lanes.push_back(std::move(lane));
    }
    step.main = static_cast<std::size_t>(in.get<std::uint64_t>());
    if (step.main >= step.lanes.size())
        throw Error("a state: expected its main lane among " + std::to_string(step.lanes.size()) + " lanes");
    step.truth = get_frame(in);
    step.truth_probe = get_probe(in, found);
    if (found > 3) step.truth_outcome = get_optional<GameOutcome>(in);
    step.seconds = in.get<double>();
    step.calls = in.get<std::int32_t>();
    if (found > 2) step.truth_lost = in.get_text();
    return step;
}

}  // namespace

std::vector<std::uint8_t> to_bytes(const Moment& moment) {
    const auto& [step, state, walk] = moment;
    const auto& [seed, episode, index, lanes, main, opening, game, truth, path, truth_lost] = state;
    ByteWriter out;
    for (char letter : tag) out.put<char>(letter);
    out.put<std::uint8_t>(version);
    put_names(out);
    put(out, step);
    out.put<std::uint64_t>(seed), out.put<std::uint64_t>(episode), out.put<std::uint64_t>(index);
    out.put<std::uint64_t>(lanes.size());
    for (const auto& [lane, history, collapse, agreement] : lanes) {
        const auto& [unlike_steps, since] = collapse;
        out.put<std::int32_t>(lane);
        put(out, history);
        out.put<std::uint64_t>(unlike_steps);
        put(out, since);
        put(out, agreement);
    }
    out.put<std::uint64_t>(main);
    put(out, opening);
    out.put_block(game);
    put(out, truth);
    out.put<std::uint64_t>(path);
    out.put_text(truth_lost);
    out.put<std::uint64_t>(walk.size());
    for (ActionCode action : walk) out.put<std::int64_t>(action);
    return std::move(out.bytes);
}

Moment moment_of_bytes(std::span<const std::uint8_t> bytes) {
    std::uint8_t found = 2;
    if (bytes.size() > sizeof tag && std::equal(std::begin(tag), std::end(tag), bytes.begin())) {
        found = bytes[sizeof tag];
        if (found < 3 || found > version)
            throw Error("a state: expected one of version 2 to " + std::to_string(version) + ", found version " +
                        std::to_string(found));
        bytes = bytes.subspan(sizeof tag + 1);
    }
    ByteReader in(bytes);
    const Measures measures = found > 2 ? get_names(in) : names_of_version_2();
    Moment moment;
    StageState& s = moment.state;
    moment.step = get_step(in, found, measures);
    s.seed = in.get<std::uint64_t>(), s.episode = in.get<std::uint64_t>(), s.index = in.get<std::uint64_t>();
    for (auto n = get_count(in); n > 0; --n) {
        LaneState lane;
        lane.lane = in.get<std::int32_t>();
        lane.history = get_history(in, width_of(found));
        lane.collapse.unlike_steps = in.get<std::uint64_t>();
        lane.collapse.since = get_optional<std::uint64_t>(in);
        if (found > 3) lane.agreement = get_agreement(in);
        s.lanes.push_back(std::move(lane));
    }
    s.main = static_cast<std::size_t>(in.get<std::uint64_t>());
    s.opening = get_look(in);
    auto game = in.get_block();
    s.game.assign(game.begin(), game.end());
    s.truth = get_history(in, width_of(found));
    if (found > 2) {
        s.path = in.get<std::uint64_t>();
        s.truth_lost = in.get_text();
    }
    if (found > 5)
        for (auto n = get_count(in); n > 0; --n) moment.walk.push_back(get_code(in, ActionWidth::wide));
    if (!in.empty()) throw Error("a state: there are bytes after its end");
    return moment;
}

std::vector<std::uint8_t> compressed(std::span<const std::uint8_t> bytes) {
    std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context(ZSTD_createCCtx(), ZSTD_freeCCtx);
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, 1);
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_windowLog, 23);
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_enableLongDistanceMatching,
                           1);  // whole frames that come again, megabytes apart
    std::vector<std::uint8_t> out(ZSTD_compressBound(bytes.size()));
    auto size = ZSTD_compress2(context.get(), out.data(), out.size(), bytes.data(), bytes.size());
    if (ZSTD_isError(size)) throw Error(std::string("compressing: ") + ZSTD_getErrorName(size));
    out.resize(size);
    out.shrink_to_fit();
    return out;
}

std::vector<std::uint8_t> decompressed(std::span<const std::uint8_t> bytes, std::size_t limit) {
    auto size = ZSTD_getFrameContentSize(bytes.data(), bytes.size());
    if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > limit)
        throw Error("decompressing: expected compressed bytes, found others");
    std::vector<std::uint8_t> out(static_cast<std::size_t>(size));
    auto done = ZSTD_decompress(out.data(), out.size(), bytes.data(), bytes.size());
    if (ZSTD_isError(done) || done != out.size()) throw Error("decompressing: the bytes are damaged");
    return out;
}

}  // namespace drift
