// Cairo does the drawing.
#include "media/canvas.h"

#include <cairo-ft.h>
#include <fontconfig/fontconfig.h>

#include <cmath>
#include <cstring>
#include <new>
#include <string>
#include <utility>

#include "core/error.h"

namespace drift {
namespace {

struct FreeCairo {
    void operator()(cairo_t* context) const { cairo_destroy(context); }
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
    void operator()(cairo_font_options_t* options) const { cairo_font_options_destroy(options); }
    void operator()(cairo_font_face_t* face) const { cairo_font_face_destroy(face); }
    void operator()(FcPattern* pattern) const { FcPatternDestroy(pattern); }
};
template <class T>
using Drawn = std::unique_ptr<T, FreeCairo>;

// By what Fontconfig finds: of Roboto, or of DejaVu where that is not there.
Drawn<cairo_font_face_t> find_face(const char* weight) {
    std::string name = std::string("Roboto,DejaVu Sans:weight=") + weight;
    Drawn<FcPattern> pattern(FcNameParse(reinterpret_cast<const FcChar8*>(name.c_str())));
    if (!pattern) throw std::bad_alloc();
    return Drawn<cairo_font_face_t>(cairo_ft_font_face_create_for_pattern(pattern.get()));
}

}  // namespace

struct Canvas::Cairo {
    Cairo(int w, int h)
        : width(w),
          height(h),
          surface(cairo_image_surface_create(CAIRO_FORMAT_RGB24, w, h)),
          context(cairo_create(surface.get())) {
        if (cairo_status(context.get()) != CAIRO_STATUS_SUCCESS) throw std::bad_alloc();
        Drawn<cairo_font_options_t> options(cairo_font_options_create());
        cairo_font_options_set_antialias(
            options.get(), CAIRO_ANTIALIAS_GRAY);  // coloured fringes look odd where the picture is scaled
        cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_SLIGHT);
        cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
        cairo_set_font_options(context.get(), options.get());
        cairo_set_line_join(context.get(), CAIRO_LINE_JOIN_ROUND);
        cairo_set_line_cap(context.get(), CAIRO_LINE_CAP_ROUND);
    }

    void take(Ink ink) { cairo_set_source_rgba(context.get(), ink.colour.r, ink.colour.g, ink.colour.b, ink.alpha); }

    void take(Type type) {
        if (type == chosen) return;
        chosen = type;
        cairo_set_font_face(context.get(), (type.strong ? strong : regular).get());
        cairo_set_font_size(context.get(), type.size);
    }

    void trace(std::span<const Spot> points) {
        cairo_new_path(context.get());
        for (const Spot& point : points) cairo_line_to(context.get(), point.x, point.y);
    }

    void trace(const Area& a, double radius) {
        cairo_t* c = context.get();
        cairo_new_path(c);
        if (radius <= 0) return cairo_rectangle(c, a.x, a.y, a.width, a.height);
        cairo_arc(c, a.right() - radius, a.y + radius, radius, -M_PI / 2, 0);
        cairo_arc(c, a.right() - radius, a.bottom() - radius, radius, 0, M_PI / 2);
        cairo_arc(c, a.x + radius, a.bottom() - radius, radius, M_PI / 2, M_PI);
        cairo_arc(c, a.x + radius, a.y + radius, radius, M_PI, 3 * M_PI / 2);
        cairo_close_path(c);
    }

    int width, height;
    Drawn<cairo_surface_t> surface;
    Drawn<cairo_t> context;
    Drawn<cairo_font_face_t> regular = find_face("80"), strong = find_face("100");
    Type chosen{0, false};
};

Canvas::Canvas(int width, int height, Colour ground) : cairo_(std::make_unique<Cairo>(width, height)) {
    box({0, 0, static_cast<double>(width), static_cast<double>(height)}, {ground});
}
Canvas::~Canvas() = default;

void Canvas::box(const Area& area, Ink ink, double radius) {
    cairo_->take(ink);
    cairo_->trace(area, radius);
    cairo_fill(cairo_->context.get());
}

void Canvas::outline(const Area& area, Ink ink, double line, double radius) {
    cairo_->take(ink);
    cairo_->trace({area.x + line / 2, area.y + line / 2, area.width - line, area.height - line}, radius);
    cairo_set_line_width(cairo_->context.get(), line);
    cairo_stroke(cairo_->context.get());
}

void Canvas::dot(Spot middle, double radius, Ink ink) {
    box({middle.x - radius, middle.y - radius, 2 * radius, 2 * radius}, ink, radius);
}

void Canvas::shape(std::span<const Spot> corners, Ink ink) {
    cairo_->take(ink);
    cairo_->trace(corners);
    cairo_fill(cairo_->context.get());
}

void Canvas::line(std::span<const Spot> points, Ink ink, double width) {
    cairo_->take(ink);
    cairo_->trace(points);
    cairo_set_line_width(cairo_->context.get(), width);
    cairo_stroke(cairo_->context.get());
}

void Canvas::picture(const Frame& frame, int x, int y, int scale) {
    cairo_surface_t* surface = cairo_->surface.get();
    cairo_surface_flush(surface);
    int stride = cairo_image_surface_get_stride(surface), row_pixels = frame.width * scale;
    std::vector<std::uint32_t> row(static_cast<std::size_t>(row_pixels));
    for (int j = 0; j < frame.height; ++j) {
        for (int i = 0; i < row_pixels; ++i) {
            const std::uint8_t* from = frame.at(i / scale, j);
            row[static_cast<std::size_t>(i)] = static_cast<std::uint32_t>(from[0] << 16 | from[1] << 8 | from[2]);
        }
        for (int k = 0; k < scale; ++k)
            std::memcpy(
                cairo_image_surface_get_data(surface) + static_cast<std::ptrdiff_t>(y + j * scale + k) * stride + x * 4,
                row.data(), row.size() * 4);
    }
    cairo_surface_mark_dirty(surface);
}

double Canvas::width_of(const std::string& text, Type type) const {
    cairo_->take(type);
    cairo_text_extents_t extents;
    cairo_text_extents(cairo_->context.get(), printable(text).c_str(), &extents);
    return extents.x_advance;
}

void Canvas::text(Spot at, const std::string& text, Type type, Ink ink, double spread) {
    double x = at.x - (spread > 0 ? spread * width_of(text, type) : 0);
    cairo_->take(type);
    cairo_->take(ink);
    cairo_move_to(cairo_->context.get(), x, at.y);
    cairo_show_text(cairo_->context.get(), printable(text).c_str());
}

Frame Canvas::frame() const {
    if (auto status = cairo_status(cairo_->context.get()); status != CAIRO_STATUS_SUCCESS)
        throw Error(std::string("a picture of the export cannot be drawn (") + cairo_status_to_string(status) + ")");
    cairo_surface_flush(cairo_->surface.get());
    int stride = cairo_image_surface_get_stride(cairo_->surface.get());
    Frame frame(cairo_->width, cairo_->height);
    for (int y = 0; y < frame.height; ++y) {
        const std::uint8_t* row =
            cairo_image_surface_get_data(cairo_->surface.get()) + static_cast<std::ptrdiff_t>(y) * stride;
        std::uint8_t* to = frame.at(0, y);
        for (int x = 0; x < frame.width; ++x, row += 4, to += 3) {
            std::uint32_t pixel;
            std::memcpy(&pixel, row, 4);
            to[0] = static_cast<std::uint8_t>(pixel >> 16), to[1] = static_cast<std::uint8_t>(pixel >> 8),
            to[2] = static_cast<std::uint8_t>(pixel);
        }
    }
    return frame;
}

std::vector<std::string> wrapped(const Canvas& canvas, const std::string& text, Type type, double width,
                                 std::size_t most_lines) {
    std::vector<std::string> lines;
    std::string line, rest = text;
    auto fits = [&](const std::string& some) { return canvas.width_of(some, type) <= width; };
    while (!rest.empty()) {
        std::size_t end = rest.find(", ");
        end = end == rest.npos ? end : end + 1;
        if (!fits(rest.substr(0, end))) end = rest.find(' ');
        std::string part = rest.substr(0, end), longer = line.empty() ? part : line + " " + part;
        if (line.empty() || fits(longer)) {
            line = longer;
            rest = end == rest.npos ? "" : rest.substr(end + 1);
        } else if (lines.size() + 1 == most_lines) {
            line = longer;
            break;
        } else {
            lines.push_back(std::exchange(line, ""));
        }
    }
    if (!line.empty()) lines.push_back(line);
    for (std::string& each : lines) {
        if (fits(each)) continue;
        while (!each.empty() && !fits(each + "\u2026"))
            for (bool within = true; within && !each.empty(); each.pop_back())
                within = (static_cast<unsigned char>(each.back()) & 0xC0) == 0x80;  // whole characters
        while (each.ends_with(' ') || each.ends_with(',')) each.pop_back();
        each += "\u2026";
    }
    return lines;
}

}  // namespace drift
