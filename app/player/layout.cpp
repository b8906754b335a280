#include "player/layout.h"

#include <algorithm>
#include <cmath>

namespace drift {
namespace {

constexpr float status_height = 34, wide = 348, slim = 272;
constexpr float least_picture = 300;  // a column that would leave less than this to the picture is not shown

float whole_factor(float width, float height, float frame_width, float frame_height) {
    float factor = std::min(width / frame_width, height / frame_height);
    return factor >= 1 ? std::floor(factor) : std::max(factor, 0.0f);
}

}  // namespace

Layout arrange(float width, float height, float scale, bool panels) {
    Layout layout;
    float bar = std::min(height, std::round(status_height * scale));
    float body = height - bar;
    layout.status = {0, body, width, bar};
    float left = 0, right = 0;
    using enum Section;
    // The picture wants to be square: a second column costs nothing where the window is wider than that.
    if (panels && width - (wide + slim) * scale >= std::max(least_picture * scale, std::min(body, width) * 0.6f)) {
        left = std::round(slim * scale);
        right = std::round(wide * scale);
        layout.columns.push_back({{0, 0, left, body}, {world, speed, truth}});
        layout.columns.push_back({{width - right, 0, right, body}, {sampler}});
    } else if (panels && width - wide * scale >= least_picture) {
        right = std::round(wide * scale);
        layout.columns.push_back({{width - right, 0, right, body}, {sampler, truth, speed, world}});
    }
    layout.picture = {left, 0, width - left - right, body};
    return layout;
}

Fit fit_frames(const Box& box, int count, int frame_width, int frame_height, float gap, float caption) {
    Fit fit;
    if (count <= 0 || frame_width <= 0 || frame_height <= 0) return fit;
    float n = static_cast<float>(count), w = static_cast<float>(frame_width), h = static_cast<float>(frame_height);
    float margin = std::min({gap, box.width / 16, box.height / 16});
    float width = box.width - 2 * margin, height = box.height - 2 * margin;
    float beside = whole_factor((width - (n - 1) * gap) / n, height - caption, w, h);
    float stacked = whole_factor(width, (height - (n - 1) * gap) / n - caption, w, h);
    bool row = beside >= stacked;
    fit.factor = std::max(beside, stacked);
    if (fit.factor <= 0) return fit;
    float shown_width = w * fit.factor, shown_height = h * fit.factor;
    float total_width = row ? n * shown_width + (n - 1) * gap : shown_width;
    float total_height = row ? shown_height + caption : n * (shown_height + caption) + (n - 1) * gap;
    float x = std::floor(box.x + (box.width - total_width) / 2), y = std::floor(box.y + (box.height - total_height) / 2) + caption;
    for (int i = 0; i < count; ++i) {
        fit.frames.push_back({x, y, shown_width, shown_height});
        (row ? x : y) += row ? shown_width + gap : shown_height + gap + caption;
    }
    return fit;
}

}  // namespace drift
