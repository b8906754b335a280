#include "player/panels/legend.h"

#include "player/gl/difference_view.h"
#include "player/theme.h"

namespace drift {
namespace {

using Draw = ImDrawList;

void lanes(Draw& draw, ImVec2 at, float unit) {
    for (int lane = 0; lane < 4; ++lane) {
        float x = at.x + (static_cast<float>(lane) - 1.5f) * 9 * unit;
        draw.AddRectFilled({x - 3.5f * unit, at.y - 5 * unit}, {x + 3.5f * unit, at.y + 5 * unit},
                           colour(lane_tone(lane)), unit);
    }
}

void line(Draw& draw, ImVec2 at, float unit, const ImVec4& tone) {
    draw.AddLine({at.x, at.y - 8 * unit}, {at.x, at.y + 8 * unit}, colour(tone), 2 * unit);
}

void colours_of(Draw& draw, ImVec2 at, float unit, DifferenceView::Mode mode) {
    const Ramp& ramp = *drift::ramp(mode);
    float part = 36 * unit / static_cast<float>(ramp.size() - 1), left = at.x - 18 * unit;
    for (std::size_t i = 0; i + 1 < ramp.size(); ++i, left += part) {
        auto tone = [&](std::size_t k) { return colour(ImVec4(ramp[k][0], ramp[k][1], ramp[k][2], 1)); };
        draw.AddRectFilledMultiColor({left, at.y - 5 * unit}, {left + part, at.y + 5 * unit}, tone(i), tone(i + 1),
                                     tone(i + 1), tone(i));
    }
}

constexpr Legend all[] = {
    {"Sliders", "This setting differs from the world's default",
     [](Draw& draw, ImVec2 at, float unit) { draw.AddCircleFilled(at, 3 * unit, colour(palette::accent), 12); }},
    {"Sliders", "Its value is outside the range that the world was trained on",
     [](Draw& draw, ImVec2 at, float unit) {
         float r = 5.5f * unit;
         draw.AddTriangleFilled({at.x, at.y - r}, {at.x - r, at.y + r * 0.8f}, {at.x + r, at.y + r * 0.8f},
                                colour(palette::amber));
     }},
    {"Sliders", "Dimmed: the setting has no effect now; its tooltip says why",
     [](Draw& draw, ImVec2 at, float unit) {
         draw.AddRectFilled({at.x - 18 * unit, at.y - 5 * unit}, {at.x + 18 * unit, at.y + 5 * unit},
                            colour(palette::raised), 4 * unit);
         draw.AddRectFilled({at.x - 18 * unit, at.y - 5 * unit}, {at.x, at.y + 5 * unit},
                            colour(palette::accent_deep, 0.42f), 4 * unit);
     }},
    {"Sliders", "Ctrl+click to type a value; right-click for the menu", nullptr},
    {"Pictures", "A lane's colour: its frame, its caption, its lines in the plots, its place on the map", lanes},
    {"Pictures", "The truth; on a map, where you really are",
     [](Draw& draw, ImVec2 at, float unit) { draw.AddCircleFilled(at, 5 * unit, colour(palette::text), 16); }},
    {"Pictures", "Red band: the lane has shown no picture of the game for a second",
     [](Draw& draw, ImVec2 at, float unit) {
         draw.AddRectFilled({at.x - 18 * unit, at.y - 5 * unit}, {at.x + 18 * unit, at.y + 5 * unit},
                            colour({0.231f, 0.110f, 0.106f, 1}));
         draw.AddLine({at.x - 12 * unit, at.y}, {at.x + 12 * unit, at.y}, colour(palette::coral), 2 * unit);
     }},
    {"Pictures", "Signed difference: the dream is darker (blue) or brighter (red) than the truth",
     [](Draw& draw, ImVec2 at, float unit) { colours_of(draw, at, unit, DifferenceView::Mode::both_signs); }},
    {"Pictures", "Heat map: from no difference in brightness to a large one",
     [](Draw& draw, ImVec2 at, float unit) { colours_of(draw, at, unit, DifferenceView::Mode::heat); }},
    {"Timeline, plots and status bar", "Where you are; what was played lies to the left",
     [](Draw& draw, ImVec2 at, float unit) {
         line(draw, at, unit, palette::text);
         draw.AddCircleFilled({at.x, at.y - 8 * unit}, 3.5f * unit, colour(palette::text), 16);
     }},
    {"Timeline, plots and status bar", "A bookmark",
     [](Draw& draw, ImVec2 at, float unit) {
         float r = 5 * unit;
         draw.AddTriangleFilled({at.x - r, at.y - r}, {at.x + r, at.y - r}, {at.x, at.y + 0.6f * r},
                                colour(palette::accent));
     }},
    {"Timeline, plots and status bar", "Settings changed at this frame",
     [](Draw& draw, ImVec2 at, float unit) { line(draw, at, unit, palette::amber); }},
    {"Timeline, plots and status bar", "Grey line: the previous timeline, from before you went back",
     [](Draw& draw, ImVec2 at, float unit) {
         draw.AddLine({at.x - 18 * unit, at.y + 3 * unit}, {at.x + 18 * unit, at.y - 3 * unit}, colour(palette::muted),
                      2 * unit);
     }},
    {"Timeline, plots and status bar", "A recording is being made",
     [](Draw& draw, ImVec2 at, float unit) { draw.AddCircleFilled(at, 5 * unit, colour(palette::coral), 16); }},
};

}  // namespace

std::span<const Legend> legends() { return all; }

}  // namespace drift
