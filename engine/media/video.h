// Writes frames as an H.264 video that plays everywhere, and that still plays when its writing was cut short.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/frame.h"

namespace drift {

// An MP4 of fragments of at most half a second, each on the disk's way as soon as it is complete: whatever ends the program, less
// than a second is lost. Colours are tagged BT.709. One thread at a time.
class VideoWriter {
public:
    // `rate` is in frames a second. Odd sizes are padded by one pixel, as the codec wants even ones.
    // `encoders` are FFmpeg's names in order of preference: the first that is there and opens is taken. Builds of FFmpeg without the first exist,
    // and a hardware encoder that is there may find no hardware.
    // Throws Error where the file cannot be written or none of the encoders opens.
    VideoWriter(const std::filesystem::path& path, int width, int height, int rate,
                const std::vector<std::string>& encoders = {"libx264", "mpeg4"});
    ~VideoWriter();  // finishes, silently: call finish() to hear of a failure
    VideoWriter(const VideoWriter&) = delete;
    VideoWriter& operator=(const VideoWriter&) = delete;

    // Throws Error where the frame's size is another one, or where the disk is full or gone: the video then ends with what is there,
    // and every later call throws the same.
    void add(const Frame& frame);
    // Writes what the encoder still holds and closes the file. Throws as add does; again and it does nothing.
    void finish();

    std::int64_t frames() const;  // added so far
    std::string encoder() const;  // the one that was found

private:
    struct Stream;
    std::unique_ptr<Stream> stream_;
};

}  // namespace drift
