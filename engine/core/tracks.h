// Pictures of several tracks over time: what a recorder writes to and what a recording is watched from. Files of this kind are media's.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/frame.h"

namespace drift {

class TrackSink {
public:
    virtual ~TrackSink() = default;
    // The frame that this track shows from time `at` on, in frames at the sink's rate; `at` never falls, and rises within a track.
    // Throws Error where nothing more can be written: what was written before plays.
    virtual void add(std::size_t track, std::int64_t at, const Frame& frame) = 0;
    // Completes what was written. Throws as add does.
    virtual void finish() = 0;
    virtual std::int64_t bytes() const = 0;  // written so far
};

struct TrackPicture {
    std::size_t track = 0;
    std::int64_t at = 0;
    Frame frame;
};

class TrackSource {
public:
    virtual ~TrackSource() = default;
    // By time, then as they were added; nullopt at the end. Throws Error where nothing can be read.
    virtual std::optional<TrackPicture> next() = 0;
    // What comes next is of this time or later.
    virtual void seek(std::int64_t at) = 0;
};

// Up to four lanes at once, and the truth after them. Which lane is on which of them is the recorder's choice; a log's hashes tell.
inline constexpr std::size_t lane_tracks = 4;
inline std::vector<std::string> track_names(bool truth) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < lane_tracks; ++i) names.push_back("Lane " + std::to_string(i + 1));
    if (truth) names.push_back("Truth");
    return names;
}

}  // namespace drift
