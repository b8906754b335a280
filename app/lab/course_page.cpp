#include "lab/course_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "core/colours.h"
#include "core/error.h"
#include "core/ticks.h"
#include "lab/fitted.h"
#include "media/canvas.h"
#include "media/png.h"

namespace drift {
namespace {

constexpr int width = 1200, margin = 20, title_height = 34, plot_height = 260, line_height = 24, gap = 6;
constexpr int shown_side = 128;
constexpr Type small{12}, usual{14}, strong{16, true};
constexpr std::size_t most_looks = 6;  // that are drawn, the last ones

struct Range {
    double low = std::numeric_limits<double>::infinity(), high = -std::numeric_limits<double>::infinity();
    bool log = false;
    void take(double value) {
        if (std::isfinite(value) && (!log || value > 0)) low = std::min(low, value), high = std::max(high, value);
    }
    double part(double value) const {  // of the way from low to high
        return log ? std::log(value / low) / std::log(high / low) : (value - low) / (high - low);
    }
    // Is there anything to draw? Makes room around it.
    bool open() {
        if (!(low <= high)) return false;
        if (log) low /= 1.15, high *= 1.15;
        else if (const double room = std::max(0.05 * (high - low), 0.5); true) low -= room, high += room;
        return true;
    }
};

struct Plot {
    Canvas& canvas;
    Area area;
    Range x, y;

    std::optional<Spot> place(double px, double py) const {
        if (!std::isfinite(px) || !std::isfinite(py) || (x.log && px <= 0) || (y.log && py <= 0)) return std::nullopt;
        return Spot{area.x + x.part(px) * area.width, area.bottom() - y.part(py) * area.height};
    }
    void axes(const std::string& x_unit, const std::string& y_unit) const {
        for (double at : y.log ? log_ticks(y.low, y.high, 5) : ticks(y.low, y.high, 5)) {
            const double py = area.bottom() - y.part(at) * area.height;
            const Spot ends[] = {{area.x, py}, {area.right(), py}};
            canvas.line(ends, {colours::line}, 1);
            canvas.text({area.x - 6, py + 4}, tick_label(at), small, {colours::muted}, 1);
        }
        for (double at : x.log ? log_ticks(x.low, x.high, 6) : ticks(x.low, x.high, 6))
            canvas.text({area.x + x.part(at) * area.width, area.bottom() + 16}, tick_label(at), small, {colours::muted},
                        0.5);
        canvas.text({area.right(), area.bottom() + 32}, x_unit, small, {colours::muted}, 1);
        canvas.text({area.x - 6, area.y - 10}, y_unit, small, {colours::muted}, 0);
    }
    void line(const std::vector<Spot>& values, Ink ink, double thick, bool dots = false) const {
        std::vector<Spot> path;
        for (const Spot& value : values)
            if (auto spot = place(value.x, value.y)) path.push_back(*spot);
        if (path.size() > 1) canvas.line(path, ink, thick);
        if (dots || path.size() == 1)
            for (const Spot& spot : path) canvas.dot(spot, thick + 1, ink);
    }
};

// Behind the area's title, and ending with the area at the latest.
void legend(Canvas& canvas, const Area& area, const std::vector<std::pair<std::string, Ink>>& names) {
    double wide = -16;
    for (const auto& [name, ink] : names) wide += 30 + canvas.width_of(name, small);
    Spot at{std::min(area.x + 150, area.right() - wide), area.y - 34};
    for (const auto& [name, ink] : names) {
        canvas.dot({at.x + 5, at.y - 4}, 4, ink);
        canvas.text({at.x + 14, at.y}, name, small, {colours::muted});
        at.x += 30 + canvas.width_of(name, small);
    }
}

void draw_losses(Canvas& canvas, const Area& area, const TrainingCourse& course) {
    Plot plot{canvas, area, {}, {}};
    plot.y.log = true;
    std::vector<Spot> bands[3];
    for (const auto& point : course.losses)
        for (std::size_t b = 0; b < 3; ++b) {
            plot.x.take(point.minutes), plot.y.take(point.bands[b]);
            bands[b].push_back({point.minutes, point.bands[b]});
        }
    canvas.text({area.x, area.y - 34}, "Loss by noise level", usual, {colours::text});
    if (!plot.x.open() || !plot.y.open()) return;
    plot.x.low = 0;
    plot.axes("minutes", "");
    for (std::size_t b = 0; b < 3; ++b) plot.line(bands[b], {colours::lanes[b]}, 1.5);
    legend(canvas, area,
           {{"low", {colours::lanes[0]}}, {"middle", {colours::lanes[1]}}, {"high sigma", {colours::lanes[2]}}});
}

void draw_horizons(Canvas& canvas, const Area& area, const TrainingCourse& course) {
    Plot plot{canvas, area, {}, {}};
    plot.x.log = true;
    const std::size_t first = course.looks.size() > most_looks ? course.looks.size() - most_looks : 0;
    const auto spots = [](const std::vector<int>& at, const std::vector<double>& values) {
        std::vector<Spot> all;
        for (std::size_t i = 0; i < values.size(); ++i) all.push_back({static_cast<double>(at[i]), values[i]});
        return all;
    };
    for (std::size_t i = first; i < course.looks.size(); ++i) {
        const auto& look = course.looks[i];
        for (int at : look.horizons) plot.x.take(at);
        for (const auto* values : {&look.held, &look.copy, &look.known})
            for (double value : *values) plot.y.take(value);
    }
    canvas.text({area.x, area.y - 34}, "Likeness to the game", usual, {colours::text});
    if (!plot.x.open() || !plot.y.open()) return;
    plot.axes("frames dreamed", "dB PSNR");
    const auto& now = course.looks.back();
    plot.line(spots(now.horizons, now.copy), {colours::muted}, 1.5);
    for (std::size_t i = first; i < course.looks.size(); ++i) {
        const bool newest = i + 1 == course.looks.size();
        const double age = static_cast<double>(course.looks.size() - 1 - i) / static_cast<double>(most_looks);
        plot.line(spots(course.looks[i].horizons, course.looks[i].held),
                  {colours::accent, newest ? 1 : 0.6 - 0.5 * age}, newest ? 2.5 : 1.5, newest);
    }
    std::vector<std::pair<std::string, Ink>> names = {{"now and before", {colours::accent}},
                                                      {"standing still", {colours::muted}}};
    if (!now.known.empty()) {
        plot.line(spots(now.horizons, now.known), {colours::amber}, 1.5, true);
        names.push_back({"seen in training", {colours::amber}});
    }
    legend(canvas, area, names);
}

Fitted fitted_in(const CourseStrip& strip) { return {strip.real.front().width, strip.real.front().height, shown_side}; }

int height_of(const CourseStrip& strip) { return 2 * fitted_in(strip).height + gap + 2 * line_height + 10; }

void draw_strip(Canvas& canvas, int y, const CourseStrip& strip) {
    const Fitted fitted = fitted_in(strip);
    const auto columns = static_cast<std::size_t>((width - 2 * margin + gap) / (fitted.width + gap));
    canvas.text({margin, y + 14.0}, "Held-out play, dreamed (above) and real", usual, {colours::text});
    y += line_height;
    const std::size_t count = strip.dreamed.size(), shown = std::min(columns, count);
    for (std::size_t k = 0; k < shown; ++k) {
        // Denser at the beginning, where most happens; each is another frame.
        const double part = shown < 2 ? 0 : static_cast<double>(k) / static_cast<double>(shown - 1);
        const auto at =
            std::max(k, static_cast<std::size_t>(std::lround(std::pow(part, 1.6) * static_cast<double>(count - 1))));
        const int x = margin + static_cast<int>(k) * (fitted.width + gap);
        fitted.draw(canvas, strip.dreamed[at], x, y);
        fitted.draw(canvas, strip.real[at], x, y + fitted.height + gap);
        canvas.text({x + fitted.width / 2.0, y + 2.0 * fitted.height + gap + 15}, std::to_string(at + 1), small,
                    {colours::muted}, 0.5);
    }
}

}  // namespace

void save_course_page(const std::filesystem::path& png, const std::string& title, const TrainingCourse& course,
                      const CourseStrip& strip) {
    const auto said = advice(course);
    const int plots_top = margin + title_height + 48, strip_top = plots_top + plot_height + 56;
    const bool pictures = !strip.dreamed.empty() && strip.dreamed.size() == strip.real.size();
    const int strip_height = pictures ? height_of(strip) : 0;
    Canvas canvas(width, strip_top + strip_height + line_height * static_cast<int>(said.size()) + margin,
                  colours::back);
    canvas.text({margin, margin + 16.0}, printable(title), strong, {colours::text});
    draw_losses(canvas, {margin + 50.0, plots_top * 1.0, 500, plot_height}, course);
    draw_horizons(canvas, {margin + 640.0, plots_top * 1.0, 500, plot_height}, course);
    if (pictures) draw_strip(canvas, strip_top, strip);
    double y = strip_top + strip_height + 14;
    for (const std::string& sentence : said)
        canvas.text({margin, y}, sentence, usual, {colours::text}), y += line_height;
    save_png(png, canvas.frame());
}

}  // namespace drift
