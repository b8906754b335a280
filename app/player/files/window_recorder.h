// Records what the window shows as a video that goes at the clock's pace: an encoder thread behind a short queue.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <thread>

#include "core/latest.h"
#include "core/queue.h"
#include "player/files/media_files.h"

namespace drift {

class WindowRecorder {
public:
    static constexpr int rate = 30;  // frames a second

    // Throws Error where no video can be written there. `now` in seconds, as add's.
    WindowRecorder(const std::filesystem::path& file, int width, int height, double now);
    ~WindowRecorder();  // finishes

    // What is shown from now on; the picture before stays until then, however seldom the window is drawn. A window of another size is fitted
    // into the first one's. Waits where the encoder is far behind: nothing is left out.
    void add(Frame picture, double now);
    // A picture is wanted: the last one is older than a frame of the video.
    bool due(double now) const { return static_cast<std::int64_t>((now - begun_) * rate) > newest_; }
    // The video is complete up to `now`. take_failure() knows all then.
    void finish(double now);
    std::optional<std::string> take_failure() { return failure_.take(); }
    const std::filesystem::path& file() const { return file_; }
    const std::string& encoder() const { return encoder_; }

private:
    struct Shot {
        std::int64_t at;
        Frame picture;  // empty: the end
    };
    void write(std::unique_ptr<VideoSink> sink);

    std::filesystem::path file_;
    int width_, height_;
    double begun_;
    std::int64_t newest_ = -1;
    std::string encoder_;
    Queue<Shot> queue_{8};  // pictures of a window are large
    Latest<std::string> failure_;
    std::jthread thread_;  // last: it ends before anything it uses
};

}  // namespace drift
