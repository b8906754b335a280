// Records a play from where it stands: its pictures without loss and the log from which they can be made again, side by side.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>

#include "core/latest.h"
#include "core/queue.h"
#include "core/tracks.h"
#include "session/log/excerpt.h"
#include "session/log/log_writer.h"

namespace drift {

// Opens the file of the pictures. Throws Error where it cannot be made.
using OpenTracks = std::function<std::unique_ptr<TrackSink>(const std::filesystem::path&, const WorldInfo&,
                                                            const std::vector<std::string>& tracks)>;

// What is said of a recording while it runs.
struct RecordingState {
    std::filesystem::path file;  // empty: nothing is recorded
    std::uint64_t steps = 0;
    std::int64_t bytes = 0;   // of pictures, on the disk
    std::size_t waiting = 0;  // steps that the disk has not taken yet
    bool slow = false;        // so many that the play waits for it
    bool operator==(const RecordingState&) const = default;
};

// Which track each lane is on: that of its number modulo four where it is free, and the same for as long as the lane is there.
class LaneTracks {
public:
    // The frames of a step by track, the truth's last; of more than four lanes the last ones are left out.
    std::vector<std::pair<std::size_t, Frame>> frames_of(const Step& step);

private:
    std::optional<int> lanes_[lane_tracks];  // by track
};

// The log of a recording lies beside it.
std::filesystem::path log_beside(const std::filesystem::path& recording);

class Recorder {
public:
    static constexpr std::size_t patience = 128;  // steps that may wait for the disk before the play waits too

    // Throws Error where either file cannot be made; neither is left behind then.
    Recorder(const std::filesystem::path& file, const OpenTracks& open, const WorldInfo& world, const Play& play,
             const Step& now);
    ~Recorder();  // finishes

    // What just happened to the play. Waits while the disk is too far behind: no frame is ever left out.
    void put(const Play& play, const LogEvent& event, const Step& step);
    // All that was put is on the disk, and the files are complete. take_failure() knows all then.
    void finish();

    RecordingState state() const;
    // A sentence, once: the recording has ended; what was recorded before plays.
    std::optional<std::string> take_failure();
    bool failed() const { return ended_ || sink_failed_; }

private:
    struct Shot {
        std::int64_t at = 0;
        std::vector<std::pair<std::size_t, Frame>> frames;  // by track
    };
    void shoot(const Step& step);
    void write();

    std::filesystem::path file_;
    std::unique_ptr<TrackSink> sink_;
    LogWriter log_;
    Excerpt excerpt_;
    std::int64_t at_ = 0;
    std::atomic<std::int64_t> written_ = 0, bytes_ = 0;
    LaneTracks tracks_;
    std::atomic<bool> slow_ = false;
    std::atomic<bool> sink_failed_ = false;  // nothing more can be written
    bool ended_ = false;                     // the log has: what waits for the sink is written yet
    Queue<Shot> queue_{patience};
    Latest<std::string> failure_;
    std::jthread thread_;  // last: it ends before anything it uses
};

// Records what was played already: the last `steps` steps up to the cursor, or as many as there are.
// Throws Error where they cannot be written. Returns how many they were.
std::uint64_t record_past(const std::filesystem::path& file, const OpenTracks& open, const WorldInfo& world,
                          const Play& play, std::uint64_t steps);

}  // namespace drift
