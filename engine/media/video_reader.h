// Frames of a video, whatever FFmpeg can read: recordings to be seen again, and other people's videos as data.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/frame.h"

namespace drift {

class VideoReader {
public:
    struct Track {
        std::string name;  // its title; empty where it has none
        int width = 0, height = 0;
        double rate = 0;   // frames a second
    };
    struct Picture {
        std::size_t track = 0;
        double seconds = 0;
        Frame frame;
    };

    // Throws Error where the file holds no video, or one that is larger than 8192 on a side.
    explicit VideoReader(const std::filesystem::path& file);
    ~VideoReader();

    const std::vector<Track>& tracks() const;
    // The next picture in the file's order; nullopt at its end. RGB as it was where the codec is lossless. What is damaged is left out.
    std::optional<Picture> next();
    // What comes next is no earlier than the last picture at or before that time which can be decoded by itself. A file that cannot be sought in
    // begins anew.
    void seek(double seconds);

private:
    struct File;
    std::unique_ptr<File> file_;
};

}  // namespace drift
