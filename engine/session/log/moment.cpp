#include "session/log/moment.h"

#include <zstd.h>

#include <memory>

#include "session/log/value_bytes.h"

namespace drift {
namespace {

template <class T>
void put(ByteWriter& out, const std::optional<T>& value) {
    out.put<std::uint8_t>(value.has_value());
    out.put(value.value_or(T{}));
}
template <class T>
std::optional<T> get_optional(ByteReader& in) {
    bool there = in.get<std::uint8_t>() != 0;
    T value = in.get<T>();
    return there ? std::optional<T>(value) : std::nullopt;
}
void put(ByteWriter& out, const Probe& probe) {
    out.put<std::uint64_t>(probe.objects.size());
    for (const auto& object : probe.objects) put(out, object);
    put(out, probe.heading);
    out.put(probe.likeness);
}
Probe get_probe(ByteReader& in) {
    Probe probe;
    for (auto n = get_count(in); n > 0; --n) probe.objects.push_back(get_optional<Point>(in));
    probe.heading = get_optional<float>(in);
    probe.likeness = in.get<double>();
    return probe;
}

void put(ByteWriter& out, const Step& step) {
    out.put(step.position), out.put(step.index), out.put(step.episode), out.put(step.seed), out.put(step.own_noise), out.put(step.action);
    out.put<std::int32_t>(step.network_action);
    out.put<std::uint64_t>(step.lanes.size());
    for (const LaneStep& lane : step.lanes) {
        out.put<std::int32_t>(lane.lane);
        put(out, lane.settings);
        put(out, lane.frame);
        put(out, lane.probe);
        out.put(lane.drift);
        put(out, lane.collapsed);
        put(out, lane.low);
        put(out, lane.outcome);
    }
    out.put<std::uint64_t>(step.main);
    put(out, step.truth);
    put(out, step.truth_probe);
    out.put(step.seconds);
    out.put<std::int32_t>(step.calls);
}
Step get_step(ByteReader& in) {
    Step step;
    step.position = in.get<std::uint64_t>(), step.index = in.get<std::uint64_t>(), step.episode = in.get<std::uint64_t>(), step.seed = in.get<std::uint64_t>();
    step.own_noise = in.get<bool>(), step.action = in.get<Action>();
    step.network_action = in.get<std::int32_t>();
    for (auto n = get_count(in); n > 0; --n) {
        LaneStep lane;
        lane.lane = in.get<std::int32_t>();
        lane.settings = get_settings(in);
        lane.frame = get_frame(in);
        lane.probe = get_probe(in);
        lane.drift = in.get<Drift>();
        lane.collapsed = get_optional<std::uint64_t>(in);
        lane.low = get_frame(in);
        lane.outcome = get_outcome(in);
        step.lanes.push_back(std::move(lane));
    }
    step.main = static_cast<std::size_t>(in.get<std::uint64_t>());
    if (step.main >= step.lanes.size()) throw Error("a state: expected its main lane among " + std::to_string(step.lanes.size()) + " lanes");
    step.truth = get_frame(in);
    step.truth_probe = get_probe(in);
    step.seconds = in.get<double>();
    step.calls = in.get<std::int32_t>();
    return step;
}

}  // namespace

std::vector<std::uint8_t> to_bytes(const Moment& moment) {
    ByteWriter out;
    const StageState& s = moment.state;
    put(out, moment.step);
    out.put(s.seed), out.put(s.episode), out.put(s.index);
    out.put<std::uint64_t>(s.lanes.size());
    for (const LaneState& lane : s.lanes) {
        out.put<std::int32_t>(lane.lane);
        put(out, lane.history);
        out.put(lane.collapse.unlike_steps);
        put(out, lane.collapse.since);
    }
    out.put<std::uint64_t>(s.main);
    out.put(s.opening);
    out.put_block(s.game);
    put(out, s.truth);
    return std::move(out.bytes);
}

Moment moment_of_bytes(std::span<const std::uint8_t> bytes) {
    ByteReader in(bytes);
    Moment moment;
    StageState& s = moment.state;
    moment.step = get_step(in);
    s.seed = in.get<std::uint64_t>(), s.episode = in.get<std::uint64_t>(), s.index = in.get<std::uint64_t>();
    for (auto n = get_count(in); n > 0; --n) {
        LaneState lane;
        lane.lane = in.get<std::int32_t>();
        lane.history = get_history(in);
        lane.collapse.unlike_steps = in.get<std::uint64_t>();
        lane.collapse.since = get_optional<std::uint64_t>(in);
        s.lanes.push_back(std::move(lane));
    }
    s.main = static_cast<std::size_t>(in.get<std::uint64_t>());
    s.opening = in.get<Look>();
    auto game = in.get_block();
    s.game.assign(game.begin(), game.end());
    s.truth = get_history(in);
    if (!in.empty()) throw Error("a state: there are bytes after its end");
    return moment;
}

std::vector<std::uint8_t> compressed(std::span<const std::uint8_t> bytes) {
    std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context(ZSTD_createCCtx(), ZSTD_freeCCtx);
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, 1);
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_windowLog, 23);
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_enableLongDistanceMatching, 1);  // whole frames that come again, megabytes apart
    std::vector<std::uint8_t> out(ZSTD_compressBound(bytes.size()));
    auto size = ZSTD_compress2(context.get(), out.data(), out.size(), bytes.data(), bytes.size());
    if (ZSTD_isError(size)) throw Error(std::string("compressing: ") + ZSTD_getErrorName(size));
    out.resize(size);
    out.shrink_to_fit();
    return out;
}

std::vector<std::uint8_t> decompressed(std::span<const std::uint8_t> bytes, std::size_t limit) {
    auto size = ZSTD_getFrameContentSize(bytes.data(), bytes.size());
    if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > limit) throw Error("decompressing: expected compressed bytes, found others");
    std::vector<std::uint8_t> out(static_cast<std::size_t>(size));
    auto done = ZSTD_decompress(out.data(), out.size(), bytes.data(), bytes.size());
    if (ZSTD_isError(done) || done != out.size()) throw Error("decompressing: the bytes are damaged");
    return out;
}

}  // namespace drift
