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
        std::string name;           // its title; empty where it has none
        int width = 0, height = 0;  // as it is shown
        double rate = 0;            // frames a second
        std::int64_t frames = 0;    // in all of it; 0 where the file does not say
    };
    struct Picture {
        std::size_t track = 0;
        double seconds = 0;  // not a number where the file has no times
        Frame frame;
    };

    // Throws Error where the file holds no video, or one that is larger than 8192 on a side.
    explicit VideoReader(const std::filesystem::path& file);
    ~VideoReader();

    const std::vector<Track>& tracks() const;
    // How long it is; 0 where the file does not say.
    double seconds() const;
    // Is the file a single picture, or text that FFmpeg would draw? Not what one calls a video.
    bool is_still() const;
    // The next picture in the file's order, turned as its file says; nullopt at its end. RGB as it was where the codec is lossless. What is
    // damaged is left out. Its size may change within the file. Throws Error where a track begins late, or a picture cannot be converted.
    std::optional<Picture> next();
    // What comes next is no earlier than the last picture at or before that time which can be decoded by itself. A file that cannot be sought in
    // begins anew.
    void seek(double seconds);
    int damaged() const;  // pieces of the file so far that could not be decoded

private:
    struct File;
    std::unique_ptr<File> file_;
};

}  // namespace drift
