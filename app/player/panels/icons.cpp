#include "player/panels/icons.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace drift {
namespace {

// A pen at a middle: places are in parts of the icon's half side.
struct Pen {
    ImDrawList& draw;
    ImVec2 middle;
    float r;
    ImU32 tone;
    float line = std::max(1.2f, r * 0.2f);

    ImVec2 at(float x, float y) const { return {middle.x + x * r, middle.y + y * r}; }
    void strokes(const std::vector<ImVec2>& places, bool closed = false) const {
        std::vector<ImVec2> points;
        for (const ImVec2& place : places) points.push_back(at(place.x, place.y));
        draw.AddPolyline(points.data(), static_cast<int>(points.size()), tone, closed ? ImDrawFlags_Closed : 0, line);
    }
    void area(float x0, float y0, float x1, float y1, float rounding = 0) const {
        draw.AddRectFilled(at(x0, y0), at(x1, y1), tone, rounding * r);
    }
    void frame(float x0, float y0, float x1, float y1, float rounding = 0) const {
        draw.AddRect(at(x0, y0), at(x1, y1), tone, rounding * r, 0, line);
    }
    // Points to the right where x1 > x0.
    void wedge(float x0, float x1, float y) const { draw.AddTriangleFilled(at(x0, -y), at(x0, y), at(x1, 0), tone); }
    void circle(float x, float y, float radius) const { draw.AddCircle(at(x, y), radius * r, tone, 24, line); }
    void disc(float x, float y, float radius) const { draw.AddCircleFilled(at(x, y), radius * r, tone, 24); }
};

// Three quarters of a turn, and the head of an arrow where it ends.
void turn(const Pen& pen) {
    constexpr float radius = 0.78f, begin = -0.75f, end = 4.1f;
    pen.draw.PathArcTo(pen.middle, radius * pen.r, begin, end, 24);
    pen.draw.PathStroke(pen.tone, 0, pen.line);
    ImVec2 tip = pen.at(radius * std::cos(begin), radius * std::sin(begin));
    float head = 0.5f * pen.r;
    pen.draw.AddTriangleFilled({tip.x - head, tip.y + 0.15f * head}, {tip.x + 0.35f * head, tip.y - head},
                               {tip.x + 0.5f * head, tip.y + 0.5f * head}, pen.tone);
}

void corners(const Pen& pen, float out, float in) {
    for (float x : {-1.0f, 1.0f})
        for (float y : {-1.0f, 1.0f}) pen.strokes({{x * in, y * out}, {x * out, y * out}, {x * out, y * in}});
}

}  // namespace

void draw_icon(ImDrawList& draw, Icon icon, ImVec2 middle, float r, ImU32 tone) {
    const Pen pen{draw, middle, r, tone};
    switch (icon) {
        case Icon::restart: turn(pen); break;
        case Icon::next:
            pen.wedge(-0.75f, 0.45f, 0.8f);
            pen.area(0.5f, -0.8f, 0.8f, 0.8f);
            break;
        case Icon::rewind:
            pen.wedge(0, -0.95f, 0.7f);
            pen.wedge(0.9f, -0.05f, 0.7f);
            break;
        case Icon::play: pen.wedge(-0.6f, 0.85f, 0.85f); break;
        case Icon::pause:
            pen.area(-0.7f, -0.8f, -0.2f, 0.8f);
            pen.area(0.2f, -0.8f, 0.7f, 0.8f);
            break;
        case Icon::slow:
            pen.area(-0.8f, -0.8f, -0.5f, 0.8f);
            pen.strokes({{-0.1f, -0.7f}, {-0.1f, 0.7f}, {0.85f, 0}}, true);
            break;
        case Icon::turbo:
            pen.wedge(-0.9f, 0.05f, 0.7f);
            pen.wedge(0, 0.95f, 0.7f);
            break;
        case Icon::truth:  // two pictures beside each other: one is drawn, one is real
            pen.frame(-0.95f, -0.6f, -0.1f, 0.6f, 0.1f);
            pen.area(0.1f, -0.7f, 1, 0.7f, 0.1f);
            break;
        case Icon::plots:
            pen.strokes({{-0.9f, -0.9f}, {-0.9f, 0.85f}, {0.95f, 0.85f}});
            pen.strokes({{-0.55f, -0.5f}, {-0.1f, -0.25f}, {0.25f, 0.25f}, {0.85f, 0.4f}});
            break;
        case Icon::film:
            pen.frame(-0.95f, -0.75f, 0.95f, 0.75f, 0.15f);
            pen.strokes({{-0.45f, -0.7f}, {-0.45f, 0.7f}});
            pen.strokes({{0.45f, -0.7f}, {0.45f, 0.7f}});
            for (float y : {-0.4f, 0.0f, 0.4f}) pen.disc(-0.7f, y, 0.1f), pen.disc(0.7f, y, 0.1f);
            break;
        case Icon::record: pen.disc(0, 0, 0.72f); break;
        case Icon::camera:
            pen.frame(-0.95f, -0.5f, 0.95f, 0.75f, 0.2f);
            pen.area(-0.4f, -0.8f, 0.4f, -0.45f);
            pen.circle(0, 0.12f, 0.36f);
            break;
        case Icon::library:  // pictures on a shelf
            for (float x : {-0.95f, 0.1f})
                for (float y : {-0.85f, 0.15f}) pen.frame(x, y, x + 0.85f, y + 0.7f, 0.1f);
            break;
        case Icon::find:
            pen.circle(-0.2f, -0.2f, 0.62f);
            pen.strokes({{0.28f, 0.28f}, {0.9f, 0.9f}});
            break;
        case Icon::full_screen: corners(pen, 0.85f, 0.3f); break;
        case Icon::window: corners(pen, 0.25f, 0.85f); break;
        case Icon::settings: {
            constexpr float knobs[] = {0.4f, -0.35f, 0.1f};  // of three sliders
            for (int i = 0; i < 3; ++i) {
                const float y = -0.65f + 0.65f * static_cast<float>(i);
                pen.strokes({{-0.95f, y}, {0.95f, y}});
                pen.disc(knobs[i], y, 0.24f);
            }
            break;
        }
        case Icon::help: {
            pen.circle(0, 0, 0.92f);
            float size = 1.45f * r;
            ImFont* font = ImGui::GetFont();
            ImVec2 text = font->CalcTextSizeA(size, 1000, 0, "?");
            draw.AddText(font, size, {middle.x - text.x / 2, middle.y - text.y / 2}, tone, "?");
            break;
        }
    }
}

}  // namespace drift
