#include "media/board.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <string_view>

#include "core/error.h"

namespace drift {
namespace {

constexpr int longest_side = 8192;
constexpr double line_height = 1.35;  // of a text's size

int even(double pixels) { return static_cast<int>(std::ceil(pixels / 2)) * 2; }

// What stands on a key: an arrow is drawn.
std::optional<double> arrow_angle(std::string_view key) {
    constexpr std::pair<std::string_view, double> arrows[] = {
        {"Right", 0}, {"Down", M_PI / 2}, {"Left", M_PI}, {"Up", -M_PI / 2}};
    for (const auto& [name, angle] : arrows)
        if (key == name) return angle;
    return std::nullopt;
}

std::string with_unit(double value, const std::string& unit) {
    char text[32];
    std::snprintf(text, sizeof text, "%.1f", value);
    return text + (unit.empty() ? "" : " " + unit);
}

}  // namespace

Board::Board(const BoardStyle& style, const ShotList& list) : style_(style), list_(list) {
    tile_w_ = list.width * style.scale, tile_h_ = list.height * style.scale;
    double size = std::clamp(std::round((9 + tile_w_ / 50.0) * 2) / 2, 11.5, 24.0);
    text_ = {size, false}, strong_ = {size, true}, small_ = {std::max(11.0, std::round(size * 0.9 * 2) / 2), false};
    style_.keys = style_.keys && !list.keys.empty();
    style_.plot = style_.plot && !list.measure.empty() && list.count() > 1;
    if (style_.plot) chart_.emplace(list, small_.size);
    lay_out();
    if (width_ > longest_side || height_ > longest_side)
        throw Error("an export of " + std::to_string(width_) + " x " + std::to_string(height_) +
                    " pixels: expected at most " + std::to_string(longest_side) +
                    " on a side; a smaller scale gives less");
}

void Board::lay_out() {
    Canvas ruler(8, 8, colours::back);
    const bool below = style_.keys || style_.settings || style_.plot, bare = !below && !style_.captions;
    const int count = static_cast<int>(list_.columns.size());
    margin_ = bare ? 0 : even(text_.size * 1.2);
    gap_ = even(text_.size * 0.9);
    const int row = count * tile_w_ + (count - 1) * gap_, content = std::max(row, below ? even(text_.size * 20) : 0);
    width_ = even(content + 2 * margin_);
    first_x_ = margin_ + (content - row) / 4 * 2;

    double y = margin_;
    if (style_.captions) {
        std::size_t lines = 0;
        for (const std::string& label : list_.labels) lines = std::max(lines, label_lines(ruler, label).size());
        y += text_.size * line_height + static_cast<double>(lines) * small_.size * line_height + text_.size * 0.35;
    }
    tile_y_ = even(y);
    y = tile_y_ + tile_h_;
    if (style_.keys) {
        y += text_.size;
        keys_.assign(list_.keys.size() + (list_.mouse ? 1 : 0), {0, y, 0, 0});
        lay_keys(ruler);
        clock_ = keys_.front().y + keys_.front().height / 2 + text_.size * 0.36;
        y = keys_.back().bottom();
    }
    if (style_.settings) {
        std::size_t lines = 1;
        settings_ = {static_cast<double>(margin_), y + text_.size * 0.8, static_cast<double>(content), 0};
        for (const std::string& settings : list_.settings)
            lines = std::max(lines, settings_lines(ruler, settings).size());
        settings_.height = static_cast<double>(lines) * small_.size * line_height;
        y = settings_.bottom();
    }
    if (style_.plot) {
        plot_ = {static_cast<double>(margin_), std::round(y + text_.size * 0.8), static_cast<double>(content),
                 std::round(std::clamp(content * 0.24, small_.size * 11, small_.size * 15))};
        y = plot_.bottom();
    }
    height_ = even(y + margin_);
}

// From left to right; the step's number keeps its room on the right of each row.
void Board::lay_keys(const Canvas& canvas) {
    const double side = std::round(text_.size * 1.8), clock = canvas.width_of("frame 000000", text_) + text_.size;
    double x = margin_, y = keys_.front().y;
    for (std::size_t k = 0; k < keys_.size(); ++k) {
        double width = k == list_.keys.size() || arrow_angle(list_.keys[k])
                           ? side
                           : std::max(side, std::round(canvas.width_of(list_.keys[k], small_) + text_.size * 1.2));
        if (x > margin_ && x + width > width_ - margin_ - clock) x = margin_, y += side + std::round(text_.size * 0.4);
        keys_[k] = {x, y, width, side};
        x += width + std::round(text_.size * 0.4);
    }
}

std::vector<std::string> Board::label_lines(const Canvas& canvas, const std::string& label) const {
    return label.empty() ? std::vector<std::string>() : wrapped(canvas, label, small_, tile_w_, 3);
}

std::vector<std::string> Board::settings_lines(const Canvas& canvas, const std::string& settings) const {
    return wrapped(canvas, list_.title + (settings.empty() ? "" : ": " + settings), small_, settings_.width, 4);
}

void Board::draw_column(Canvas& canvas, const Shot& shot, std::size_t index, std::size_t column) const {
    const ShotColumn& what = list_.columns[column];
    const Frame& frame = shot.frames[column];
    const int x = left_of(column);
    if (frame.empty()) {
        canvas.box({static_cast<double>(x), static_cast<double>(tile_y_), static_cast<double>(tile_w_),
                    static_cast<double>(tile_h_)},
                   {colours::panel});
    } else {
        canvas.picture(frame, x, tile_y_, style_.scale);
    }
    if (!style_.captions) return;
    double y = margin_ + text_.size;
    Ink tone{what.lane < 0 ? colours::text : colours::lane(what.lane), frame.empty() ? 0.4 : 1.0};
    canvas.text({static_cast<double>(x), y}, what.name, strong_, tone);
    if (double value = list_.values[column][index]; what.lane >= 0 && !std::isnan(value)) {
        std::string figure = with_unit(value, list_.unit);
        if (canvas.width_of(what.name, strong_) + canvas.width_of(figure, text_) + text_.size < tile_w_)
            canvas.text({static_cast<double>(x + tile_w_), y}, figure, text_, {colours::text}, 1);
    }
    y += small_.size * line_height + text_.size * 0.05;
    for (const std::string& line : label_lines(canvas, shot.labels[column])) {
        canvas.text({static_cast<double>(x), y}, line, small_, {colours::muted});
        y += small_.size * line_height;
    }
}

void Board::draw_keys(Canvas& canvas, const Shot& shot) const {
    for (std::size_t k = 0; k < list_.keys.size(); ++k) {
        const Area& at = keys_[k];
        const bool held = shot.held[k];
        const Ink ink{held ? colours::back : colours::muted};
        canvas.box(at, {held ? colours::accent : colours::raised}, at.height * 0.2);
        Spot middle{at.x + at.width / 2, at.y + at.height / 2};
        if (auto angle = arrow_angle(list_.keys[k])) {
            auto corner = [&](double turn, double reach) {
                return Spot{middle.x + std::cos(*angle + turn) * reach, middle.y + std::sin(*angle + turn) * reach};
            };
            const double reach = at.height * 0.24;
            canvas.shape(std::array{corner(0, reach), corner(2.2, reach), corner(-2.2, reach)}, ink);
        } else {
            canvas.text({middle.x, middle.y + small_.size * 0.36}, list_.keys[k], small_, ink, 0.5);
        }
    }
    if (list_.mouse) draw_mouse(canvas, shot);
    canvas.text({static_cast<double>(width_ - margin_), clock_}, "frame " + std::to_string(shot.step), text_,
                {colours::muted}, 1);
}

// A pad with a line from its middle to where the mouse went, longer for longer ways.
void Board::draw_mouse(Canvas& canvas, const Shot& shot) const {
    const Area& at = keys_.back();
    canvas.box(at, {colours::raised}, at.height * 0.2);
    const Spot middle{at.x + at.width / 2, at.y + at.height / 2};
    const double way = std::hypot(shot.mouse_x, shot.mouse_y), dot = at.height * 0.08;
    if (way > 0) {
        const double reach = at.height * 0.42 * mouse_line(way);
        const Spot end{middle.x + shot.mouse_x / way * reach, middle.y + shot.mouse_y / way * reach};
        const double x = -shot.mouse_y / way * dot, y = shot.mouse_x / way * dot;
        canvas.shape(std::array{Spot{middle.x + x, middle.y + y}, end, Spot{middle.x - x, middle.y - y}},
                     {colours::accent});
    }
    canvas.box({middle.x - dot, middle.y - dot, 2 * dot, 2 * dot}, {way > 0 ? colours::accent : colours::muted}, dot);
}

void Board::draw_settings(Canvas& canvas, const Shot& shot) const {
    double y = settings_.y + small_.size, x = settings_.x;
    auto lines = settings_lines(canvas, shot.settings);
    if (lines.front().starts_with(list_.title)) {
        canvas.text({x, y}, list_.title, small_, {colours::text});
        x += canvas.width_of(list_.title, small_);
        lines.front().erase(0, list_.title.size());
    }
    for (const std::string& line : lines) {
        canvas.text({x, y}, line, small_, {colours::muted});
        y += small_.size * line_height, x = settings_.x;
    }
}

Frame Board::draw(const Shot& shot, std::size_t index) const {
    Canvas canvas(width_, height_, colours::back);
    for (std::size_t c = 0; c < list_.columns.size(); ++c) draw_column(canvas, shot, index, c);
    if (style_.keys) draw_keys(canvas, shot);
    if (style_.settings) draw_settings(canvas, shot);
    if (style_.plot) chart_->draw(canvas, plot_, index);
    return canvas.frame();
}

}  // namespace drift
