// Pictures of data sets as media reads them; a build without media has the same calls, and each says so.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>

#include "core/frame.h"

namespace drift {

Frame read_picture(const std::filesystem::path& file);
// Of the bytes of a file of JPEG; `name` stands in errors. Throws Error.
Frame decode_jpeg(const std::string& bytes, const std::filesystem::path& name, int longest_side);

// What a video says of its frames' times, and what became of it.
struct VideoFacts {
    double rate = 0;                   // frames a second, on the whole; 0 where it is not known
    double shortest = 0, longest = 0;  // seconds from one frame to the next; 0 where they are not known
    int damaged = 0;                   // pieces that could not be decoded
};
// Each frame of a video in turn. Throws Error where it has more than one track of pictures, too.
VideoFacts read_video(const std::filesystem::path& file, const std::function<void(Frame)>& each);
// Frames a second, as the video's beginning says; 0 where it does not. Throws Error where it is none.
double video_rate(const std::filesystem::path& file);
// Why the file is no video that can be read; empty where it is one. Its name does not matter.
std::string why_no_video(const std::filesystem::path& file);

Frame resized_picture(const Frame& frame, int width, int height);

}  // namespace drift
