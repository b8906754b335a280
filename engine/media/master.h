// A recording without loss: FFV1 in Matroska, a track for each lane and one for the truth, at the world's own size and rate.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/tracks.h"
#include "core/world_model.h"

namespace drift {

// Each time goes to the disk as soon as the next one begins: whatever ends the program, what was added before that plays. All frames are of
// one size. One thread at a time.
class MasterWriter : public TrackSink {
public:
    // `tracks`: their names, as players show them. `rate` in frames a second. The file must not be there yet.
    // Throws Error where it cannot be written, or where this FFmpeg has no FFV1.
    MasterWriter(const std::filesystem::path& file, int width, int height, int rate,
                 const std::vector<std::string>& tracks);
    ~MasterWriter() override;  // finishes, silently: call finish() to hear of a failure
    MasterWriter(const MasterWriter&) = delete;
    MasterWriter& operator=(const MasterWriter&) = delete;

    // The frame that this track shows at time `at` / rate; `at` never falls, and rises within a track. Tracks may skip times.
    // Throws Error where the frame's size is another one, or where the disk is full or gone: the file then ends with what is there, and every
    // later call throws the same.
    void add(std::size_t track, std::int64_t at, const Frame& frame) override;
    // Writes the index and closes the file. Throws as add does; again and it does nothing.
    void finish() override;

    std::int64_t bytes() const override;  // on the disk so far

private:
    struct File;
    std::unique_ptr<File> file_;
};

// A recording of such a world: what a recorder opens. Throws as the writer does.
std::unique_ptr<TrackSink> write_master(const std::filesystem::path& file, const WorldInfo& world,
                                        const std::vector<std::string>& tracks);

// The frames of a recording, at the times at which they were added. Throws Error where the file holds none.
std::unique_ptr<TrackSource> read_master(const std::filesystem::path& file);
// Of the recording that lies beside this log; null where there is none.
std::unique_ptr<TrackSource> read_master_beside(const std::filesystem::path& log);

// Gives a recording that was cut short its index and length, so that players can seek in it: copied beside it, then put in its place.
// False, and nothing is changed, where it is whole already or is being written. Throws Error where nothing of it can be read, or not all: the
// file is as it was then.
// `read`: what reads of the file, as pread() does and in its place.
using ReadAt = std::function<std::int64_t(int descriptor, void* to, std::size_t bytes, std::int64_t at)>;
bool repair_master(const std::filesystem::path& file, const ReadAt& read = {});

}  // namespace drift
