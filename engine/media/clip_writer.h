// Pictures into an animation that is complete before it is shown: MP4, WebM, GIF or WebP. (video.h writes while one plays.)
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/frame.h"

namespace drift {

enum class ClipFormat { mp4, webm, gif, webp };

struct ClipShape {
    ClipFormat format = ClipFormat::mp4;
    int width = 0, height = 0;
    double rate = 15;  // frames a second
    // FFmpeg's names in order of preference; empty: the format's own.
    std::vector<std::string> encoders = {};
    std::string comment = {};  // for people, where the format has a place for one (MP4, WebM)
};
// What the format can show: browsers slow down GIFs that are faster.
double fastest_rate(ClipFormat format);

class ClipWriter {
public:
    // What it says of failures names `shown`; what it writes is `file`. Throws Error where it cannot be written or this FFmpeg lacks the codec.
    ClipWriter(const std::filesystem::path& shown, const std::filesystem::path& file, const ClipShape& shape);
    ~ClipWriter();
    ClipWriter(const ClipWriter&) = delete;
    ClipWriter& operator=(const ClipWriter&) = delete;

    // A GIF's colours are chosen before its first frame: it looks at frames for that, all of them or every few.
    bool looks_first() const;
    void look(const Frame& frame);

    // All throw Error where the disk is full or gone: the file does not play then.
    void add(const Frame& frame);
    void finish();

private:
    struct File;
    std::unique_ptr<File> file_;
};

}  // namespace drift
