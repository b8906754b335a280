// A picture that is drawn on: frames pixel for pixel, boxes, lines and text.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/colours.h"
#include "core/frame.h"

namespace drift {

struct Spot {
    double x = 0, y = 0;
};
struct Area {
    double x = 0, y = 0, width = 0, height = 0;
    double right() const { return x + width; }
    double bottom() const { return y + height; }
};

struct Ink {
    Colour colour;
    double alpha = 1;
};

// Roboto, or what the system has in its place.
struct Type {
    double size = 14;  // pixels
    bool strong = false;
    bool operator==(const Type&) const = default;
};

// Coordinates are pixels from the top left. One thread at a time.
class Canvas {
public:
    Canvas(int width, int height, Colour ground);
    ~Canvas();

    void box(const Area& area, Ink ink, double radius = 0);
    void outline(const Area& area, Ink ink, double line, double radius = 0);
    void dot(Spot middle, double radius, Ink ink);
    void shape(std::span<const Spot> corners, Ink ink);
    void line(std::span<const Spot> points, Ink ink, double width);
    // Every pixel of it becomes scale x scale pixels of just that colour. It must lie within the canvas.
    void picture(const Frame& frame, int x, int y, int scale);

    // `at`: on the base line, at the text's left. `spread` 0: from there; 0.5: around it; 1: up to it.
    void text(Spot at, const std::string& text, Type type, Ink ink, double spread = 0);
    double width_of(const std::string& text, Type type) const;

    // Throws Error where something could not be drawn.
    Frame frame() const;

private:
    struct Cairo;
    std::unique_ptr<Cairo> cairo_;
};

// In lines no wider than that, broken after commas, at other blanks only where it must be; what does not fit into the last one ends with an ellipsis.
std::vector<std::string> wrapped(const Canvas& canvas, const std::string& text, Type type, double width,
                                 std::size_t most_lines);

}  // namespace drift
