#include "session/log/session_log.h"

#include <xxhash.h>

#include <algorithm>
#include <iterator>

#include "core/error.h"
#include "core/files.h"
#include "core/version.h"
#include "session/log/moment.h"
#include "session/log/value_bytes.h"

namespace drift {
namespace {

constexpr char magic[8] = {'D', 'r', 'i', 'f', 't', 'L', 'o', 'g'};
constexpr std::uint32_t
    oldest = 2,
    version = 6;  // 3: other moments in it, which say so themselves; 4: actions of 64 bits; 5: pictures; 6: context
constexpr std::size_t largest = 1u << 28;  // bytes of an unpacked chunk
constexpr std::uint64_t largest_file = std::uint64_t{1} << 32;

struct Chunk {
    char kind;
    std::vector<std::uint8_t> content;
};
Chunk get_chunk(ByteReader& in) {
    auto kind = in.get<char>();
    auto size = in.get<std::uint32_t>();
    auto hash = in.get<std::uint64_t>();
    auto packed = in.take(size);
    if (XXH3_64bits(packed.data(), packed.size()) != hash) throw Error("a checksum is wrong");
    return {kind, decompressed(packed, largest)};
}

LogHeader get_header(std::span<const std::uint8_t> content, std::uint32_t of_version) {
    ByteReader in(content);
    LogHeader header;
    header.world = in.get_text(), header.weights_hash = in.get_text(), header.game = in.get_text();
    header.width = in.get<std::int32_t>(), header.height = in.get<std::int32_t>(), header.rate = in.get<std::int32_t>();
    header.threads = in.get<std::int32_t>();
    for (auto n = get_count(in); n > 0; --n) header.actions.push_back(in.get_text());
    for (auto n = get_count(in); n > 0; --n) {
        std::string name = in.get_text();
        header.maker.emplace_back(std::move(name), in.get_text());
    }
    if (of_version >= 6) header.context = std::clamp(in.get<std::int32_t>(), 1, 64);
    return header;
}

LogEvent get_event(ByteReader& in, ActionWidth width, const std::shared_ptr<const Direction>& before) {
    using Kind = LogEvent::Kind;
    LogEvent event;
    auto kind = in.get<std::uint8_t>();
    if (kind < static_cast<std::uint8_t>(Kind::opened) || kind > static_cast<std::uint8_t>(Kind::loaded))
        throw Error("an event of kind " + std::to_string(kind) + " is unknown");
    event.kind = static_cast<Kind>(kind);
    event.direction = in.get<std::uint8_t>() != 0 ? std::make_shared<const Direction>(get_direction(in)) : before;
    if (!event.direction) throw Error("an event comes before any direction");
    if (event.kind == Kind::played) event.action = get_action(in, width);
    else event.number = in.get<std::uint64_t>();
    if (event.kind == Kind::loaded) {
        auto moment = in.get_block();
        event.moment.assign(moment.begin(), moment.end());
    }
    for (auto n = get_count(in); n > 0; --n) event.hashes.push_back(in.get<std::uint64_t>());
    return event;
}

Frame get_picture(std::span<const std::uint8_t> content) {
    ByteReader in(content);
    const int width = in.get<std::uint16_t>(), height = in.get<std::uint16_t>();
    const auto bytes = in.take(content.size() - 4);
    if (bytes.size() != 3 * static_cast<std::size_t>(width) * static_cast<std::size_t>(height))
        throw Error("a picture has another size than it says");
    Frame frame(width, height);
    std::copy(bytes.begin(), bytes.end(), frame.rgb.begin());
    return frame;
}

struct LogBegin {
    LogHeader header;
    ActionWidth width;
};
LogBegin get_begin(std::span<const std::uint8_t> bytes, ByteReader& in) {
    if (bytes.size() < sizeof magic || !std::equal(std::begin(magic), std::end(magic), bytes.begin()))
        throw Error("expected a session's log, found another kind of file");
    in = ByteReader(bytes.subspan(sizeof magic));
    auto found = in.get<std::uint32_t>();
    if (found < oldest || found > version)
        throw Error("expected a session's log of version " + std::to_string(oldest) + " to " + std::to_string(version) +
                    ", found version " + std::to_string(found));
    Chunk first = get_chunk(in);
    if (first.kind != 'H')
        throw Error("expected the header first, found a chunk '" + printable(std::string(1, first.kind)) + "'");
    return {get_header(first.content, found), found < 4 ? ActionWidth::narrow : ActionWidth::wide};
}

}  // namespace

std::uint64_t hash_of(const Frame& frame) { return XXH3_64bits(frame.rgb.data(), frame.rgb.size()); }

std::vector<std::uint64_t> hashes_of(const Step& step) {
    std::vector<std::uint64_t> hashes;
    for (const LaneStep& lane : step.lanes) hashes.push_back(hash_of(lane.frame));
    if (!step.truth.empty()) hashes.push_back(hash_of(step.truth));
    return hashes;
}

std::vector<std::uint8_t> log_chunk(char kind, std::span<const std::uint8_t> content) {
    auto packed = compressed(content);
    ByteWriter out;
    out.put(kind);
    out.put(static_cast<std::uint32_t>(packed.size()));
    out.put<std::uint64_t>(XXH3_64bits(packed.data(), packed.size()));
    out.put_bytes(packed);
    return std::move(out.bytes);
}

std::vector<std::uint8_t> picture_chunk(const Frame& frame) {
    ByteWriter content;
    content.put(static_cast<std::uint16_t>(frame.width)), content.put(static_cast<std::uint16_t>(frame.height));
    content.put_bytes(frame.rgb);
    return log_chunk('P', content.bytes);
}

LogHeader header_of(const WorldInfo& world) {
    LogHeader header{world.name, world.weights_hash, world.game, world.width, world.height,
                     world.rate, world.threads,      {},         {}};
    for (const ActionSpace::Entry& entry : world.actions.entries) header.actions.push_back(entry.name);
    header.context = world.context_frames;
    header.maker = {{"driftscope", build_name()},
                    {"device", world.device},
                    {"network", world.network},
                    {"library", world.library},
                    {"compiler", __VERSION__}};
    return header;
}

std::vector<std::uint8_t> LogChunks::begin(const LogHeader& header) {
    ByteWriter content;
    content.put_text(header.world), content.put_text(header.weights_hash), content.put_text(header.game);
    content.put<std::int32_t>(header.width), content.put<std::int32_t>(header.height),
        content.put<std::int32_t>(header.rate);
    content.put<std::int32_t>(header.threads);
    content.put<std::uint64_t>(header.actions.size());
    for (const std::string& action : header.actions) content.put_text(action);
    content.put<std::uint64_t>(header.maker.size());
    for (const auto& [name, value] : header.maker) content.put_text(name), content.put_text(value);
    content.put<std::int32_t>(header.context);
    ByteWriter out;
    out.put(magic);
    out.put(version);
    out.put_bytes(log_chunk('H', content.bytes));
    return std::move(out.bytes);
}

void LogChunks::put(const LogEvent& event) {
    ByteWriter out;
    out.put(static_cast<std::uint8_t>(event.kind));
    bool turned =
        event.direction && (!direction_ || (event.direction != direction_ && !(*event.direction == *direction_)));
    out.put<std::uint8_t>(turned);
    if (turned) drift::put(out, *(direction_ = event.direction));
    if (event.kind == LogEvent::Kind::played) drift::put(out, event.action);
    else out.put(event.number);
    if (event.kind == LogEvent::Kind::loaded) out.put_block(event.moment);
    out.put<std::uint64_t>(event.hashes.size());
    for (std::uint64_t hash : event.hashes) out.put(hash);
    open_.insert(open_.end(), out.bytes.begin(), out.bytes.end());
    ++count_;
}

std::vector<std::uint8_t> LogChunks::take() {
    if (count_ == 0) return {};
    auto made = log_chunk('E', open_);
    open_.clear();
    count_ = 0;
    return made;
}

SessionLog session_log_of_bytes(std::span<const std::uint8_t> bytes) {
    ByteReader in({});
    SessionLog log;
    LogBegin begin = get_begin(bytes, in);
    log.header = std::move(begin.header);
    std::shared_ptr<const Direction> direction;
    try {
        while (!in.empty()) {
            Chunk next = get_chunk(in);
            if (next.kind == 'P') {
                log.picture = get_picture(next.content);
                continue;
            }
            if (next.kind != 'E') throw Error("a chunk '" + printable(std::string(1, next.kind)) + "' is unknown");
            ByteReader content(next.content);
            while (!content.empty()) {
                log.events.push_back(get_event(content, begin.width, direction));
                direction = log.events.back().direction;
            }
        }
    } catch (const Error& error) {
        log.warning = "its end is missing or damaged (" + std::string(error.what()) +
                      "); what is whole was read: " + std::to_string(log.events.size()) + " events";
    }
    return log;
}

LogHeader read_log_header(const std::filesystem::path& file) {
    constexpr std::uint64_t most = 1 << 20;  // bytes: actions have short names
    try {
        InputFile in(file);
        std::vector<std::uint8_t> bytes(static_cast<std::size_t>(std::min(in.size(), most)));
        in.read(bytes.data(), bytes.size());
        ByteReader rest({});
        return get_begin(bytes, rest).header;
    } catch (const Error& error) {
        throw Error(file, error.what());
    }
}

SessionLog read_session_log(const std::filesystem::path& file) {
    try {
        std::error_code none;
        if (!std::filesystem::is_regular_file(file, none)) throw Error("expected a session's log, found no file");
        InputFile in(file);
        if (in.size() > largest_file)
            throw Error("expected a log of " + std::to_string(largest_file >> 20) + " MB at most, found a larger file");
        std::vector<std::uint8_t> bytes(static_cast<std::size_t>(in.size()));
        in.read(bytes.data(), bytes.size());
        SessionLog log = session_log_of_bytes(bytes);
        if (!log.warning.empty()) log.warning = Error(file, log.warning).what();
        return log;
    } catch (const Error& error) {
        throw Error(file, error.what());
    }
}

}  // namespace drift
