// Bricks as pixels, both ways: the state drawn, and the state read back from any picture.
#include <algorithm>
#include <array>

#include "games/bricks.h"
#include "games/likeness.h"

namespace drift {
namespace {

using B = Bricks;
using Colour = std::array<std::uint8_t, 3>;

// The ball alone is bright in all three channels: that is how it is found in a picture.
constexpr Colour background{0, 0, 0}, wall{96, 104, 128}, wall_shade{64, 70, 92}, ball_colour{255, 255, 255},
    paddle_colour{0, 208, 224}, life_colour{255, 64, 88};
constexpr std::array<Colour, B::rows> brick_colours{
    {{232, 48, 64}, {255, 128, 0}, {248, 200, 0}, {48, 192, 80}, {64, 96, 255}}};

void fill(Frame& frame, int x, int y, int w, int h, const Colour& colour) {
    for (int row = y; row < y + h; ++row)
        for (int column = x; column < x + w; ++column) std::copy(colour.begin(), colour.end(), frame.at(column, row));
}

Colour lighter(const Colour& c) {
    auto up = [](std::uint8_t v) { return static_cast<std::uint8_t>(v + (255 - v) * 3 / 8); };
    return {up(c[0]), up(c[1]), up(c[2])};
}

int life_x(int life) { return B::field_left + 6 * life; }
int brick_x(int brick) { return B::field_left + brick % B::columns * B::brick_width; }
int brick_y(int brick) { return B::wall_top + brick / B::columns * B::brick_height; }

// Sum over a rectangle of |pixel - colour|, all channels.
int distance(const Frame& frame, int x, int y, int w, int h, const Colour& colour) {
    int sum = 0;
    for (int row = y; row < y + h; ++row)
        for (int column = x; column < x + w; ++column)
            for (int c = 0; c < 3; ++c)
                sum += std::abs(int(frame.at(column, row)[c]) - int(colour[static_cast<std::size_t>(c)]));
    return sum;
}

bool looks_like(const Frame& frame, int x, int y, int w, int h, const Colour& colour) {
    return distance(frame, x, y, w, h, colour) < distance(frame, x, y, w, h, background);
}

// The paddle covers the row under it: of all places the one where the row looks most like paddle.
std::optional<int> find_paddle(const Frame& frame) {
    int best = 0, best_score = 0;
    for (int x = B::field_left; x <= B::field_right - B::paddle_width; ++x) {
        int score = distance(frame, x, B::paddle_top, B::paddle_width, 2, background) -
                    distance(frame, x, B::paddle_top, B::paddle_width, 2, paddle_colour);
        // What stands beside the paddle must not be paddle: this finds the middle of a smear, not its end.
        if (x > B::field_left) score -= distance(frame, x - 1, B::paddle_top, 1, 2, background);
        if (x + B::paddle_width < B::field_right)
            score -= distance(frame, x + B::paddle_width, B::paddle_top, 1, 2, background);
        if (score > best_score) best = x, best_score = score;
    }
    int half = distance(Frame(B::size, B::size), 0, 0, B::paddle_width, 2, paddle_colour) / 2;
    if (best_score < half) return std::nullopt;
    return best;
}

// The brightest 2x2 window by its darkest channel, where it is at least half white.
std::optional<std::pair<int, int>> find_ball(const Frame& frame) {
    std::pair<int, int> best;
    int best_score = 4 * 127;
    for (int y = B::field_top; y <= B::size - 2; ++y)
        for (int x = B::field_left; x <= B::field_right - 2; ++x) {
            int score = 0;
            for (auto [dx, dy] : {std::pair{0, 0}, {1, 0}, {0, 1}, {1, 1}}) {
                const std::uint8_t* p = frame.at(x + dx, y + dy);
                score += std::min({p[0], p[1], p[2]});
            }
            if (score > best_score) best = {x, y}, best_score = score;
        }
    if (best_score == 4 * 127) return std::nullopt;
    return best;
}

}  // namespace

void Bricks::render(Frame& frame) const {
    if (frame.width != size || frame.height != size) frame = Frame(size, size);
    fill(frame, 0, 0, size, size, background);
    fill(frame, 0, field_top - 2, size, 2, wall);
    fill(frame, 0, field_top, field_left, size - field_top, wall);
    fill(frame, field_right, field_top, size - field_right, size - field_top, wall);
    fill(frame, field_left - 1, field_top, 1, size - field_top, wall_shade);
    fill(frame, field_right, field_top, 1, size - field_top, wall_shade);
    for (int life = 0; life < state_.lives; ++life) fill(frame, life_x(life), 2, 4, 2, life_colour);
    for (int brick = 0; brick < rows * columns; ++brick) {
        if (!(state_.bricks >> brick & 1)) continue;
        const Colour& colour = brick_colours[static_cast<std::size_t>(brick / columns)];
        fill(frame, brick_x(brick), brick_y(brick), brick_width - 1, brick_height - 1, colour);
        fill(frame, brick_x(brick), brick_y(brick), brick_width - 1, 1, lighter(colour));
    }
    fill(frame, state_.paddle_x, paddle_top, paddle_width, 2, paddle_colour);
    fill(frame, state_.ball_x, state_.ball_y, 2, 2, ball_colour);
}

Probe Bricks::probe(const Frame& picture) const {
    Probe found{{std::nullopt, std::nullopt}, {}, 0};
    State read;
    read.bricks = 0;
    read.lives = 0;
    for (int brick = 0; brick < rows * columns; ++brick)
        if (looks_like(picture, brick_x(brick), brick_y(brick), brick_width - 1, brick_height - 1,
                       brick_colours[static_cast<std::size_t>(brick / columns)]))
            read.bricks |= 1ull << brick;
    for (int life = 0; life < lives_at_start; ++life)
        read.lives += looks_like(picture, life_x(life), 2, 4, 2, life_colour);
    if (auto x = find_paddle(picture)) {
        read.paddle_x = *x;
        found.objects[paddle] = Point{float(*x), float(paddle_top)};
    }
    if (auto at = find_ball(picture)) {
        read.ball_x = at->first, read.ball_y = at->second;
        found.objects[ball] = Point{float(at->first), float(at->second)};
    }
    found.likeness = likeness_of<Bricks>(picture, read);
    return found;
}

}  // namespace drift
