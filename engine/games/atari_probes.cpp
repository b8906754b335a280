#include "games/atari_probes.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace drift {
namespace {

constexpr int side = 64;
constexpr float across = 64.0f / 160, down = 64.0f / 210;  // of the emulator's pixels

using Level = float (*)(const std::uint8_t* rgb);

// Pixels of the picture, half open.
struct Area {
    int left, top, right, bottom;
};

float at(const Frame& picture, int x, int y, Level level) {
    return std::max(0.0f,
                    level(picture.rgb.data() + (static_cast<std::size_t>(y) * side + static_cast<std::size_t>(x)) * 3));
}

// Something of about width x height pixels that stands out: the centre of mass of the window where most of it is. `sought`: what
// decides for a window, where that is another level than what is weighed in it; `least_mass` in whole pixels of that.
std::optional<Point> find_spot(const Frame& picture, const Area& area, int width, int height, float least_mass,
                               Level level, Level sought = nullptr) {
    if (!sought) sought = level;
    float most = 0;
    int best_x = area.left, best_y = area.top;
    for (int y = area.top; y + height <= area.bottom; ++y)
        for (int x = area.left; x + width <= area.right; ++x) {
            float mass = 0;
            for (int j = 0; j < height; ++j)
                for (int i = 0; i < width; ++i) mass += at(picture, x + i, y + j, sought);
            if (mass > most) most = mass, best_x = x, best_y = y;
        }
    if (most < least_mass) return std::nullopt;
    float mass = 0;
    Point centre;
    for (int j = 0; j < height; ++j)
        for (int i = 0; i < width; ++i) {
            float part = at(picture, best_x + i, best_y + j, level);
            mass += part, centre.x += part * (static_cast<float>(best_x + i) + 0.5f),
                centre.y += part * (static_cast<float>(best_y + j) + 0.5f);
        }
    return Point{centre.x / mass, centre.y / mass};
}

// ---- Breakout: all on black.

constexpr Area breakout_field{4, 30, 60, 56};
constexpr int brick_rows = 6, brick_columns = 18;
constexpr std::array<std::array<float, 3>, brick_rows> brick_colours{
    {{200, 72, 72}, {198, 108, 58}, {180, 122, 48}, {162, 162, 42}, {72, 160, 72}, {66, 72, 200}}};

// Mean of red, green and blue over a rectangle given in the emulator's pixels, by area.
float mean_over(const Frame& picture, float left, float top, float right, float bottom) {
    left *= across, right *= across, top *= down, bottom *= down;
    float sum = 0;
    for (int y = static_cast<int>(top); y < std::min<int>(side, static_cast<int>(std::ceil(bottom))); ++y)
        for (int x = static_cast<int>(left); x < std::min<int>(side, static_cast<int>(std::ceil(right))); ++x) {
            auto part = [](float from, float to, int pixel) {
                return std::max(
                    0.0f, std::min(to, static_cast<float>(pixel + 1)) - std::max(from, static_cast<float>(pixel)));
            };
            const auto* rgb =
                picture.rgb.data() + (static_cast<std::size_t>(y) * side + static_cast<std::size_t>(x)) * 3;
            sum += part(left, right, x) * part(top, bottom, y) * static_cast<float>(rgb[0] + rgb[1] + rgb[2]) / 3;
        }
    return sum / ((right - left) * (bottom - top));
}

Probe find_breakout(const Frame& picture) {
    Probe found;
    const Level red = [](const std::uint8_t* rgb) { return (static_cast<float>(rgb[0]) - 24) / 176; };
    found.objects.push_back(find_spot(picture, breakout_field, 3, 3, 0.4f, red));
    found.objects.push_back(find_spot(picture, {4, 57, 60, 59}, 10, 2, 2.0f, red));
    if (found.objects[1]) found.objects[1]->y = 191 * down;
    float bricks = 0;
    for (int row = 0; row < brick_rows; ++row) {
        const auto& colour = brick_colours[static_cast<std::size_t>(row)];
        const float whole = (colour[0] + colour[1] + colour[2]) / 3, top = 57.0f + 6 * static_cast<float>(row);
        for (int column = 0; column < brick_columns; ++column) {
            const float left = 8.0f + 8 * static_cast<float>(column);
            bricks += mean_over(picture, left, top, left + 8, top + 6) > whole / 2;
        }
    }
    found.counts.push_back(bricks);
    return found;
}

// Under the ball, with a little play; what serves it where there is none.
std::string_view play_breakout(const Probe& truth) {
    const auto &ball = truth.objects[0], &paddle = truth.objects[1];
    if (!ball || !paddle) return "fire";
    const float off = ball->x - paddle->x;
    return off > 2 ? "right" : off < -2 ? "left" : "noop";
}

// ---- Pong: on brown (144, 72, 17), within white lines.

Probe find_pong(const Frame& picture) {
    constexpr int top = 11, bottom = 59;
    Probe found;
    found.objects.push_back(find_spot(picture, {9, top, 55, bottom}, 3, 3, 0.4f,
                                      [](const std::uint8_t* rgb) { return (static_cast<float>(rgb[2]) - 35) / 201; }));
    found.objects.push_back(find_spot(picture, {56, top, 57, bottom}, 1, 8, 0.8f,
                                      [](const std::uint8_t* rgb) { return (static_cast<float>(rgb[1]) - 84) / 102; }));
    found.objects.push_back(find_spot(picture, {7, top, 8, bottom}, 1, 8, 0.8f,
                                      [](const std::uint8_t* rgb) { return (static_cast<float>(rgb[1]) - 80) / 50; }));
    for (std::size_t paddle : {1u, 2u})
        if (auto& place = found.objects[paddle]) place->x = paddle == 1 ? 142 * across : 18 * across;
    return found;
}

std::string_view play_pong(const Probe& truth) {
    const auto &ball = truth.objects[0], &player = truth.objects[1];
    if (!ball || !player) return "noop";
    const float off = ball->y - player->y;
    return off > 1 ? "left" : off < -1 ? "right" : "noop";  // right is up here
}

// ---- Freeway: a yellow chicken on grey lanes.

Probe find_freeway(const Frame& picture) {
    Probe found;
    constexpr Level yellow = [](const std::uint8_t* rgb) {
        return (static_cast<float>(std::min(rgb[0], rgb[1])) - static_cast<float>(rgb[2]) - 20) / 148;
    };
    // The cars of the lowest lane are yellow, too, but never so bright.
    constexpr Level bright = [](const std::uint8_t* rgb) {
        const float beyond_cars = static_cast<float>(std::min(rgb[0], rgb[1])) - 212;
        return std::max(0.0f, beyond_cars) / 40 + std::max(0.0f, yellow(rgb)) * 0.15f;
    };
    auto chicken = find_spot(picture, {17, 7, 20, 60}, 3, 3, 0.2f, yellow, bright);
    if (chicken) chicken->x = 50 * across;
    found.objects.push_back(chicken);
    return found;
}

std::string_view play_freeway(const Probe&) { return "up"; }

struct Known {
    const char* game;
    AtariProbe probe;
};

}  // namespace

const AtariProbe* atari_probe(std::string_view game, int width, int height) {
    static const Known known[] = {
        {"ale/Breakout", {{"ball", "paddle"}, {"bricks"}, 1, find_breakout, play_breakout}},
        {"ale/Pong", {{"ball", "player", "opponent"}, {}, 1, find_pong, play_pong}},
        {"ale/Freeway", {{"chicken"}, {}, 0, find_freeway, play_freeway}},
    };
    if (width != side || height != side) return nullptr;
    game = game.substr(0, game.find(','));  // its options change nothing of what is seen
    for (const Known& one : known)
        if (game == one.game) return &one.probe;
    return nullptr;
}

}  // namespace drift
