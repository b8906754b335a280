// What one picture of an export looks like: lanes and truth side by side, below them keys, settings and the plot of the drift.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/shot.h"
#include "media/canvas.h"
#include "media/drift_chart.h"

namespace drift {

struct BoardStyle {
    int scale = 4;  // each pixel of a frame becomes scale x scale
    bool captions = true, keys = true, settings = true, plot = true;
};

// Everything has one place for the whole export, with room for the longest of its texts. With all four switched off there are the
// pictures and the gaps between them alone.
class Board {
public:
    // `list` must outlive it. Throws Error where the picture would be larger than 8192 on a side.
    Board(const BoardStyle& style, const ShotList& list);

    int width() const { return width_; }  // even, as codecs want it
    int height() const { return height_; }
    int left_of(std::size_t column) const { return first_x_ + static_cast<int>(column) * (tile_w_ + gap_); }
    int top() const { return tile_y_; }  // of the pictures
    Frame draw(const Shot& shot, std::size_t index) const;

private:
    void lay_out();
    void lay_keys(const Canvas& canvas);
    void draw_column(Canvas& canvas, const Shot& shot, std::size_t index, std::size_t column) const;
    void draw_keys(Canvas& canvas, const Shot& shot) const;
    void draw_mouse(Canvas& canvas, const Shot& shot) const;
    void draw_settings(Canvas& canvas, const Shot& shot) const;
    std::vector<std::string> label_lines(const Canvas& canvas, const std::string& label) const;
    std::vector<std::string> settings_lines(const Canvas& canvas, const std::string& settings) const;

    BoardStyle style_;
    const ShotList& list_;
    Type text_, strong_, small_;
    int width_ = 0, height_ = 0, tile_w_ = 0, tile_h_ = 0, gap_ = 0, margin_ = 0, first_x_ = 0, tile_y_ = 0;
    std::vector<Area> keys_;  // of each key, and last of the mouse
    Area plot_, settings_;
    double clock_ = 0;  // base line of the step's number; 0: it is not shown
    std::optional<DriftChart> chart_;
};

}  // namespace drift
