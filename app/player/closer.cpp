#include "player/closer.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace drift {
namespace {

void keep_inside(Closer& closer) {
    closer.zoom = std::clamp(closer.zoom, 1.0f, most_zoom);
    const float half = 0.5f / closer.zoom;
    closer.x = std::clamp(closer.x, half, 1 - half);
    closer.y = std::clamp(closer.y, half, 1 - half);
}

}  // namespace

Box whole_box(const Closer& closer, const Box& seen) {
    const float width = seen.width * closer.zoom, height = seen.height * closer.zoom;
    return {seen.x + seen.width / 2 - closer.x * width, seen.y + seen.height / 2 - closer.y * height, width, height};
}

void zoom_at(Closer& closer, float factor, float across, float down) {
    const float before = closer.zoom;
    closer.zoom = std::clamp(before * factor, 1.0f, most_zoom);
    closer.x += (across - 0.5f) * (1 / before - 1 / closer.zoom);
    closer.y += (down - 0.5f) * (1 / before - 1 / closer.zoom);
    keep_inside(closer);
}

void pan(Closer& closer, float across, float down) {
    closer.x -= across / closer.zoom;
    closer.y -= down / closer.zoom;
    keep_inside(closer);
}

Texel texel_at(const Closer& closer, float across, float down, int width, int height) {
    const float x = closer.x + (across - 0.5f) / closer.zoom, y = closer.y + (down - 0.5f) / closer.zoom;
    return {std::clamp(static_cast<int>(std::floor(x * static_cast<float>(width))), 0, std::max(0, width - 1)),
            std::clamp(static_cast<int>(std::floor(y * static_cast<float>(height))), 0, std::max(0, height - 1))};
}

std::size_t PixelHistory::Kept::bytes() const {
    std::size_t all = 0;
    for (const auto& [lane, frame] : frames) all += frame.rgb.size();
    return all;
}

// Going back takes what comes after with it.
void PixelHistory::add(const Step& step) {
    while (!kept_.empty() && kept_.back().position >= step.position) bytes_ -= kept_.back().bytes(), kept_.pop_back();
    Kept now{step.position, {}};
    for (const LaneStep& lane : step.lanes) now.frames.emplace_back(lane.lane, lane.frame);
    if (!step.truth.empty()) now.frames.emplace_back(-1, step.truth);
    bytes_ += now.bytes();
    kept_.push_back(std::move(now));
    while (kept_.size() > most_frames || (bytes_ > most_bytes && kept_.size() > 1))
        bytes_ -= kept_.front().bytes(), kept_.pop_front();
}

std::vector<float> PixelHistory::brightness(int lane, Texel at) const {
    std::vector<float> values;
    for (const Kept& kept : kept_)
        for (const auto& [number, frame] : kept.frames)
            if (number == lane && at.x < frame.width && at.y < frame.height) {
                const std::uint8_t* rgb = frame.at(at.x, at.y);
                values.push_back(0.2126f * rgb[0] + 0.7152f * rgb[1] + 0.0722f * rgb[2]);
            }
    return values;
}

}  // namespace drift
