// The log of a play: an append-only file from which every frame can be made again.
//
// Bytes, little-endian: "DriftLog", u32 version, then chunks: u8 kind ('H' header, once and first; 'E' events; 'P' a picture), u32 length, u64 XXH3 of the
// length's bytes that follow, these: zstd. A log that was cut is whole up to its last whole chunk; nothing is ever rewritten.
// Events are numbers as byte_stream.h puts them: u8 kind, u8 "another direction follows", then what LogEvent says of its kind.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/step.h"
#include "core/world_model.h"
#include "session/stage.h"

namespace drift {

// One thing that happened to a Play.
struct LogEvent {
    enum class Kind : std::uint8_t { opened = 1, played, recalled, resynced, loaded };
    Kind kind = Kind::opened;
    std::uint64_t number = 0;  // the seed of opened, the position of recalled, the lane of resynced
    Action action;             // of played
    std::shared_ptr<const Direction>
        direction;                     // of opened and played; the same object as before where nothing was turned
    std::vector<std::uint8_t> moment;  // of loaded: to_bytes()
    // XXH3 of what came of it: each lane's frame in the step's order, then the truth's where there is one.
    std::vector<std::uint64_t> hashes;
};
std::uint64_t hash_of(const Frame& frame);
std::vector<std::uint64_t> hashes_of(const Step& step);

// What was played, and on what: where a replay differs, this tells why.
struct LogHeader {
    std::string world, weights_hash, game;
    int width = 0, height = 0, rate = 0;
    int threads = 0;                   // sums in another order round otherwise
    std::vector<std::string> actions;  // their names
    // What made it, in the order shown: driftscope (version and commit), device, network, library, compiler.
    std::vector<std::pair<std::string, std::string>> maker;
    int context = 4;  // frames of an opening: so many of the game's are over before the first action
    bool operator==(const LogHeader&) const = default;
};
LogHeader header_of(const WorldInfo& world);

struct SessionLog {
    LogHeader header;
    std::vector<LogEvent> events;
    Frame picture;        // small, of the main dream as it was then: the last one put down; empty where none was
    std::string warning;  // a sentence where the end was cut or damaged; events holds what is whole
};
// Throws Error where the file is no log, of a newer version, or cut before its header ends.
SessionLog read_session_log(const std::filesystem::path& file);
// Its first chunk alone. Throws likewise.
LogHeader read_log_header(const std::filesystem::path& file);
SessionLog session_log_of_bytes(std::span<const std::uint8_t> bytes);

// u16 width, u16 height, then RGB.
std::vector<std::uint8_t> picture_chunk(const Frame& frame);
// A chunk with this content, packed and summed as the format says.
std::vector<std::uint8_t> log_chunk(char kind, std::span<const std::uint8_t> content);

// The same, being written: turns events into chunks.
class LogChunks {
public:
    static std::vector<std::uint8_t> begin(const LogHeader& header);  // the file's first bytes
    void put(const LogEvent& event);
    std::size_t events() const { return count_; }  // since the last chunk
    std::vector<std::uint8_t> take();              // the chunk of these; empty where there are none

private:
    std::vector<std::uint8_t> open_;
    std::size_t count_ = 0;
    std::shared_ptr<const Direction> direction_;
};

}  // namespace drift
