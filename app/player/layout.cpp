#include "player/layout.h"

#include <algorithm>
#include <cmath>

namespace drift {
namespace {

constexpr float status_height = 34, time_height = 46, toolbar_height = 36, handle_side = 30;
// The least widths of the columns are those at which their rows still fit.
constexpr float grip_width = 5, least_right = 320, least_left = 264, most_wide = 640, least_dock = 150;
constexpr float least_below_dock = 170;  // the picture keeps this much height, or there is no dock
constexpr float least_picture = 300;     // a column that would leave less than this to the picture is not shown

float whole_factor(float width, float height, float frame_width, float frame_height) {
    float factor = std::min(width / frame_width, height / frame_height);
    return factor >= 3 ? std::floor(factor) : std::max(factor, 0.0f);
}

}  // namespace

const char* name_of(Section section) {
    return std::find_if(section_names.begin(), section_names.end(),
                        [&](const SectionName& it) { return it.section == section; })
        ->name;
}

Layout arrange(float width, float height, float scale, const Wanted& wanted) {
    Layout layout;
    std::vector<Section> left_sections{Section::lanes,     Section::truth, Section::time,
                                       Section::recording, Section::world, Section::speed},
        right_sections{Section::sampler}, all{Section::sampler};
    all.insert(all.end(), left_sections.begin(), left_sections.end());
    for (auto* list : {&left_sections, &right_sections, &all})
        std::erase_if(*list, [&](Section section) { return wanted.hidden.contains(section); });
    const bool shown = wanted.panels && !wanted.zen, panels = shown && !all.empty();
    float bar = wanted.zen ? 0 : std::min(height, std::round(status_height * scale));
    layout.status = {0, height - bar, width, bar};
    float time = shown && height > 6 * time_height * scale ? std::round(time_height * scale) : 0;
    float body = height - bar - time;
    if (time > 0) layout.time = {0, body, width, time};
    float tools = time > 0 ? std::round(toolbar_height * scale) : 0;
    const float grip = std::round(grip_width * scale);
    const Reach usual;
    float left = 0, right = 0;
    // What a column may take: as much as leaves the picture its least width, but no less than it has anyway.
    auto reach = [&](float side, float least, float standard, float beside) {
        const float most =
            std::clamp((width - beside) / scale - least_picture, std::min(standard, most_wide), most_wide);
        return std::pair{std::round(std::clamp(side, least, most) * scale), most};
    };
    auto edge = [&](float Reach::*side, const Box& strip, float least, float most, float towards, bool upright) {
        layout.edges.push_back({side, strip, least, most, towards, upright});
    };
    // The picture wants to be square: a second column costs nothing where the window is wider than that.
    if (panels && !left_sections.empty() && !right_sections.empty() &&
        width - (usual.right + usual.left) * scale >= std::max(least_picture * scale, std::min(body, width) * 0.6f)) {
        const auto [right_side, right_most] = reach(wanted.reach.right, least_right, usual.right, usual.left * scale);
        right = right_side;
        const auto [left_side, left_most] = reach(wanted.reach.left, least_left, usual.left, right);
        left = left_side;
        layout.columns.push_back({{0, 0, left, body}, left_sections});
        layout.columns.push_back({{width - right, 0, right, body}, right_sections});
        edge(&Reach::left, {left, 0, grip, body}, least_left, left_most, 1, true);
        edge(&Reach::right, {width - right - grip, 0, grip, body}, least_right, right_most, -1, true);
    } else if (panels && width - usual.right * scale >= least_picture) {
        const auto [side, most] = reach(wanted.reach.right, least_right, usual.right, 0);
        right = side;
        layout.columns.push_back({{width - right, 0, right, body}, all});
        edge(&Reach::right, {width - right - grip, 0, grip, body}, least_right, most, -1, true);
    } else if (panels) {
        float across = std::min(std::round(std::clamp(wanted.reach.right, least_right, most_wide) * scale), width);
        layout.drawer = Column{{width - across, tools, across, body - tools}, all};
    }
    layout.picture = {left, tools, width - left - right, body - tools};
    layout.toolbar = {left, 0, layout.picture.width, tools};
    if (layout.drawer) {
        float side = std::round(handle_side * scale), gap = std::round(6 * scale), inset = (tools - side) / 2;
        layout.handle = {std::max(0.0f, width - side - gap), tools > 0 ? inset : gap, side, side};
        if (tools > 0) layout.toolbar.width = std::max(0.0f, layout.handle.x - gap);
    }
    if (wanted.dock && shown && layout.picture.height - std::round(usual.dock * scale) >= least_below_dock * scale) {
        const float most = layout.picture.height / scale - least_below_dock;
        const float below = std::round(std::clamp(wanted.reach.dock, std::min(least_dock, most), most) * scale);
        layout.picture.height -= below;
        layout.dock = {left, body - below, layout.picture.width, below};
        edge(&Reach::dock, {left, body - below - grip, layout.picture.width, grip}, least_dock, most, -1, false);
    }
    if (layout.drawer)
        edge(&Reach::right, {layout.drawer->box.x - grip, tools, grip, body - tools}, least_right,
             std::min(most_wide, width / scale), -1, true);
    return layout;
}

Fit fit_frames(const Box& box, int count, int frame_width, int frame_height, float gap, float caption) {
    Fit fit;
    if (count <= 0 || frame_width <= 0 || frame_height <= 0) return fit;
    float n = static_cast<float>(count), w = static_cast<float>(frame_width), h = static_cast<float>(frame_height);
    float margin = std::min({gap / 2, box.width / 16, box.height / 16});
    float width = box.width - 2 * margin, height = box.height - 2 * margin;
    int rows = 1;
    for (int r = 1; r <= count; ++r) {
        auto down = static_cast<float>(r), across = std::ceil(n / down);
        float factor =
            whole_factor((width - (across - 1) * gap) / across, (height - (down - 1) * gap) / down - caption, w, h);
        if (factor > fit.factor) fit.factor = factor, rows = r;
    }
    if (fit.factor <= 0) return fit;
    int columns = (count + rows - 1) / rows;
    float shown_width = std::max(1.0f, std::floor(w * fit.factor)),
          shown_height = std::max(1.0f, std::floor(h * fit.factor));
    float total_height = static_cast<float>(rows) * (shown_height + caption + gap) - gap;
    for (int i = 0; i < count; ++i) {
        int row = i / columns, in_row = std::min(columns, count - row * columns);  // the last row may hold fewer
        float total_width = static_cast<float>(in_row) * (shown_width + gap) - gap;
        fit.frames.push_back(
            {std::floor(box.x + (box.width - total_width) / 2) + static_cast<float>(i % columns) * (shown_width + gap),
             std::floor(box.y + (box.height - total_height) / 2) +
                 static_cast<float>(row) * (shown_height + caption + gap) + caption,
             shown_width, shown_height});
    }
    return fit;
}

Box place_beside(const Box& box, const Fit& fit, float gap, float caption) {
    constexpr float least = 0.4f, inset = 0.28f;  // of the first frame's sides
    if (fit.frames.empty()) return {};
    const Box& first = fit.frames.front();
    float right = 0, bottom = 0;
    for (const Box& frame : fit.frames)
        right = std::max(right, frame.x + frame.width), bottom = std::max(bottom, frame.y + frame.height);
    auto sized = [&](float x, float y, float share) {
        return Box{std::floor(x), std::floor(y), std::floor(first.width * share), std::floor(first.height * share)};
    };
    float across = std::min(1.0f, (box.x + box.width - right - 2 * gap) / first.width);
    if (across >= least && first.y - caption >= box.y) return sized(right + gap, first.y, across);
    float down = std::min(1.0f, (box.y + box.height - bottom - gap - caption) / first.height);
    if (down >= least) return sized(first.x, bottom + gap / 2 + caption, down);
    return sized(first.x + first.width * (1 - inset) - gap / 2, first.y + gap / 2 + caption,
                 inset);  // above: what is played is mostly lower
}

}  // namespace drift
