#include "player/files/window_recorder.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace drift {
namespace {

// The picture in the middle of one of this size, cut or framed in black.
Frame fitted(const Frame& picture, int width, int height) {
    Frame out(width, height);
    int across = std::min(width, picture.width), down = std::min(height, picture.height);
    for (int y = 0; y < down; ++y) {
        const std::uint8_t* from = picture.at((picture.width - across) / 2, y + (picture.height - down) / 2);
        std::copy_n(from, static_cast<std::size_t>(across) * 3, out.at((width - across) / 2, y + (height - down) / 2));
    }
    return out;
}

}  // namespace

WindowRecorder::WindowRecorder(const std::filesystem::path& file, int width, int height, double now)
    : file_(file), width_(width), height_(height), begun_(now) {
    auto sink = window_video(file, width, height, rate);
    encoder_ = sink->encoder();
    thread_ = std::jthread([this, sink = std::move(sink)]() mutable { write(std::move(sink)); });
}

WindowRecorder::~WindowRecorder() { queue_.close(); }

void WindowRecorder::add(Frame picture, double now) {
    if (picture.width != width_ || picture.height != height_) picture = fitted(picture, width_, height_);
    newest_ = std::max(newest_ + 1, static_cast<std::int64_t>((now - begun_) * rate));
    queue_.push({newest_, std::move(picture)});
}

void WindowRecorder::finish(double now) {
    if (!thread_.joinable()) return;
    queue_.push({static_cast<std::int64_t>(std::ceil((now - begun_) * rate)), {}});
    queue_.close();
    thread_.join();
}

void WindowRecorder::write(std::unique_ptr<VideoSink> sink) {
    std::int64_t written = 0;
    Frame shown;
    bool failed = false;
    while (auto shot = queue_.pop()) {
        if (failed) continue;
        try {
            for (; !shown.empty() && written < shot->at; ++written) sink->add(shown);
            if (!shot->picture.empty()) shown = std::move(shot->picture);
        } catch (const std::exception& error) {
            failure_.put(error.what());
            failed = true;
        }
    }
    if (!failed) try {
            if (!shown.empty()) sink->add(shown);
            sink->finish();
        } catch (const std::exception& error) {
            failure_.put(error.what());
        }
}

}  // namespace drift
