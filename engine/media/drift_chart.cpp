#include "media/drift_chart.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/ticks.h"

namespace drift {
namespace {

constexpr double least_span = 10;  // of the values: below it noise would look like drift

struct Axes {
    Area area;
    double shots, low, high;
    double x(double shot) const { return area.x + shot / std::max(1.0, shots - 1) * area.width; }
    double y(double value) const { return area.bottom() - (value - low) / (high - low) * area.height; }
};

// The stretches between gaps; at most two points a pixel, the outermost, so that no line is a comb of ink.
void curve(Canvas& canvas, const Axes& axes, std::span<const double> values, std::size_t from, std::size_t to, Ink ink,
           double width) {
    std::vector<Spot> points;
    auto flush = [&] {
        if (points.size() > 1) canvas.line(points, ink, width);
        points.clear();
    };
    auto stride = std::max<std::size_t>(1, static_cast<std::size_t>(axes.shots / std::max(1.0, axes.area.width)));
    for (std::size_t i = from; i < to; i += stride) {
        if (std::isnan(values[i])) flush();
        else points.push_back({axes.x(static_cast<double>(i)), axes.y(values[i])});
    }
    flush();
}

}  // namespace

DriftChart::DriftChart(const ShotList& list, double text_size) : list_(list), size_(text_size), low_(1e9), high_(-1e9) {
    for (const auto& values : list.values)
        for (double value : values)
            if (!std::isnan(value)) low_ = std::min(low_, value), high_ = std::max(high_, value);
    if (low_ > high_) low_ = 0, high_ = 1;
    if (double lack = least_span - (high_ - low_); lack > 0) low_ -= lack / 2, high_ += lack / 2;
    tick_ = tick_step(high_ - low_, 4);
    low_ = std::floor(low_ / tick_) * tick_, high_ = std::ceil(high_ / tick_) * tick_;
}

void DriftChart::draw(Canvas& canvas, const Area& area, std::size_t present) const {
    const Type small{size_};
    const double pad = std::round(size_ * 0.8), hair = 1;
    canvas.box(area, {colours::panel}, size_ * 0.4);
    std::string title = list_.measure + (list_.unit.empty() ? "" : ", " + list_.unit);
    canvas.text({area.x + pad, area.y + pad + size_ * 0.8}, title, small, {colours::muted});

    double left = size_ * 0.6 + std::max({canvas.width_of(tick_label(high_), small),
                                          canvas.width_of(tick_label(low_), small), canvas.width_of("frame", small)});
    double last = static_cast<double>(list_.first + list_.count()) - 1,
           label = canvas.width_of(tick_label(last), small), right = std::max(pad, label / 2 + size_ * 0.3);
    double top = area.y + pad + size_ * 2, bottom = area.bottom() - pad - size_ * 1.3;
    Axes axes{{area.x + pad + left, top, area.width - pad - left - right, bottom - top},
              static_cast<double>(list_.count()),
              low_,
              high_};
    int most = std::max(2, static_cast<int>(axes.area.height / (size_ * 1.7)));
    for (double value : ticks(low_, high_, most, tick_)) {
        double y = std::round(axes.y(value)) + 0.5;
        canvas.line(std::array{Spot{axes.area.x, y}, Spot{axes.area.right(), y}}, {colours::line, 0.8}, hair);
        canvas.text({axes.area.x - size_ * 0.6, y + size_ * 0.36}, tick_label(value), small, {colours::muted}, 1);
    }
    most = std::max(2, static_cast<int>(axes.area.width / std::max(label * 2.5, size_ * 5)));
    canvas.text({axes.area.x - size_ * 0.6, area.bottom() - pad}, "frame", small, {colours::muted}, 1);
    for (double at : ticks(static_cast<double>(list_.first), last, most, 1)) {
        double x = axes.x(at - static_cast<double>(list_.first));
        canvas.text({x, area.bottom() - pad}, tick_label(at), small, {colours::muted}, 0.5);
    }

    for (std::size_t turned : list_.turned) {
        double x = std::round(axes.x(static_cast<double>(turned))) + 0.5;
        canvas.line(std::array{Spot{x, top}, Spot{x, bottom}}, {colours::amber, 0.55}, hair);
    }
    const double width = std::max(1.25, size_ * 0.13);
    for (std::size_t c = 0; c < list_.columns.size(); ++c)
        if (list_.columns[c].lane >= 0)
            curve(canvas, axes, list_.values[c], present, list_.count(), {colours::lane(list_.columns[c].lane), 0.3},
                  width);
    double now = std::round(axes.x(static_cast<double>(present))) + 0.5;
    canvas.line(std::array{Spot{now, top}, Spot{now, bottom}}, {colours::text, 0.7}, hair);
    for (std::size_t c = 0; c < list_.columns.size(); ++c) {
        int lane = list_.columns[c].lane;
        if (lane < 0) continue;
        curve(canvas, axes, list_.values[c], 0, present + 1, {colours::lane(lane)}, width);
        if (double value = list_.values[c][present]; !std::isnan(value))
            canvas.dot({now, axes.y(value)}, width * 1.9, {colours::lane(lane)});
    }
}

}  // namespace drift
