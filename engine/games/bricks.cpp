#include "games/bricks.h"

#include <algorithm>
#include <bit>
#include <cstdlib>

#include "core/error.h"
#include "core/noise.h"

namespace drift {
namespace {

using B = Bricks;

constexpr std::uint64_t full_wall = (1ull << (B::rows * B::columns)) - 1;
constexpr int ball_size = 2;
constexpr int ball_right = B::field_right - ball_size;
constexpr int rest_y = B::paddle_top - ball_size;  // the ball lies on the paddle

// The brick that covers a ball at (x, y), -1 where none can be: cells are multiples of the ball's size, so it is at most one.
int brick_at(int x, int y) {
    int column = (x - B::field_left) / B::brick_width, row = (y - B::wall_top) / B::brick_height;
    bool inside = y >= B::wall_top && row < B::rows && x >= B::field_left && column < B::columns;
    return inside ? row * B::columns + column : -1;
}

bool present(std::uint64_t bricks, int brick) { return brick >= 0 && (bricks >> brick & 1); }

}  // namespace

const GameInfo& Bricks::info() const {
    static const GameInfo info{
        "bricks",          size, size, 15, {{{"noop", {}}, {"left", {"Left", "A"}}, {"right", {"Right", "D"}}}},
        {"ball", "paddle"}};
    return info;
}

void Bricks::reset(std::uint64_t seed) {
    NoiseKey key{seed, 0, 0};
    auto bits = [&](std::uint32_t i) { return random_bits(key, draw_index(Draw::data), i); };
    state_ = {};
    state_.bricks = full_wall;
    if (seed % 2 == 1) {
        std::uint32_t eighths = 1 + bits(0) % 7;  // of the wall that are left
        for (int brick = 0; brick < rows * columns; ++brick)
            if (bits(8 + static_cast<std::uint32_t>(brick)) % 8 >= eighths) state_.bricks &= ~(1ull << brick);
        state_.bricks |= 1ull << (bits(1) % (rows * columns));
    }
    state_.paddle_x = field_left + paddle_speed * static_cast<int>(bits(2) % 12);
    serve();
}

// The new ball lies on the paddle and flies towards the wider side of the field.
void Bricks::serve() {
    state_.ball_x = state_.paddle_x + 4;
    state_.ball_y = rest_y;
    state_.ball_vx = state_.paddle_x + paddle_width / 2 < size / 2 ? 2 : -2;
    state_.ball_vy = -2;
}

void Bricks::step(ActionCode action) {
    int move = action == 1 ? -paddle_speed : action == 2 ? paddle_speed : 0;
    state_.paddle_x = std::clamp(state_.paddle_x + move, field_left, field_right - paddle_width);
    state_.event = no_event;
    move_ball();
}

// The velocity is settled first, then the ball moves by it: so the last displacement always is the velocity (but for a serve).
void Bricks::move_ball() {
    State& s = state_;
    auto reflect_walls = [&] {
        if (s.ball_x + s.ball_vx < field_left || s.ball_x + s.ball_vx > ball_right) {
            s.ball_vx = -s.ball_vx;
            if (std::abs(s.ball_vx) > 2) s.event = fast_side_wall;
        }
        if (s.ball_y + s.ball_vy < field_top) s.ball_vy = -s.ball_vy;
    };
    reflect_walls();
    if (s.ball_vy > 0 && s.ball_y == rest_y) {
        int offset = s.ball_x + s.ball_vx - s.paddle_x;
        if (offset <= -ball_size || offset >= paddle_width) {
            s.event = life_lost;
            if (--s.lives == 0) {
                s.lives = lives_at_start;
                s.bricks = full_wall;
            }
            return serve();
        }
        static constexpr int rebound[] = {-4, -2, -2, 2, 2, 4};  // by where the paddle was hit, two pixels each
        s.ball_vx = rebound[offset / 2];
        s.ball_vy = -2;
        reflect_walls();
        s.event = s.bricks == 0 ? wall_put_up : paddle_hit;
        if (s.bricks == 0) s.bricks = full_wall;
    }
    int hit = brick_at(s.ball_x + s.ball_vx, s.ball_y + s.ball_vy);
    if (present(s.bricks, hit)) {
        s.bricks &= ~(1ull << hit);
        s.event = brick_hit;
        s.ball_vy = -s.ball_vy;
        // Between two bricks, or a brick and the top: back the way it came.
        bool blocked =
            s.ball_y + s.ball_vy < field_top || present(s.bricks, brick_at(s.ball_x + s.ball_vx, s.ball_y + s.ball_vy));
        if (blocked && s.ball_x - s.ball_vx >= field_left && s.ball_x - s.ball_vx <= ball_right) s.ball_vx = -s.ball_vx;
    }
    s.ball_x += s.ball_vx;
    s.ball_y = std::max(s.ball_y + s.ball_vy, field_top);
    int entered = brick_at(s.ball_x, s.ball_y);  // wedged in a corner: it breaks its way out
    if (present(s.bricks, entered)) s.bricks &= ~(1ull << entered);
    const bool among_bricks =
        s.bricks != 0 && s.ball_y + ball_size > wall_top && s.ball_y < wall_top + rows * brick_height;
    if (s.event == no_event && among_bricks && std::abs(s.ball_vx) > 2) s.event = fast_among_bricks;
}

// Where a ball that falls will meet the paddle, by playing on; the paddle's part that takes it varies with the wall so that rallies do too.
std::optional<ActionCode> Bricks::expert_action() const {
    Bricks ahead(*this);
    ahead.state_.paddle_x = field_left;
    for (int i = 0; i < 64 && !(ahead.state_.ball_y == rest_y && ahead.state_.ball_vy > 0); ++i) {
        int lives = ahead.state_.lives;
        ahead.move_ball();
        if (ahead.state_.lives != lives) break;
    }
    int landing = std::clamp(ahead.state_.ball_x + ahead.state_.ball_vx, field_left, ball_right);
    int part = 2 * ((std::popcount(state_.bricks) * 5 + state_.lives) % 6);
    int target = std::clamp(landing - part, field_left, field_right - paddle_width);
    int distance = target - state_.paddle_x;
    return distance <= -paddle_speed / 2 ? 1 : distance >= paddle_speed / 2 ? 2 : 0;
}

Probe Bricks::probe() const {
    return {
        {Point{float(state_.ball_x), float(state_.ball_y)}, Point{float(state_.paddle_x), float(paddle_top)}}, {}, 0};
}

std::optional<bool> Bricks::obeyed(const Probe& before, ActionCode action, const Probe& after) const {
    if (!before.objects[paddle] || !after.objects[paddle]) return std::nullopt;
    float move = action == 1 ? -paddle_speed : action == 2 ? paddle_speed : 0;
    float expected = std::clamp(before.objects[paddle]->x + move, float(field_left), float(field_right - paddle_width));
    return std::abs(after.objects[paddle]->x - expected) <= 1;
}

std::vector<std::uint8_t> Bricks::save() const {
    const State& s = state_;
    std::vector<std::uint8_t> bytes;
    for (int value : {s.paddle_x, s.ball_x, s.ball_y, s.ball_vx + 8, s.ball_vy + 8, s.lives, s.event})
        bytes.push_back(static_cast<std::uint8_t>(value));
    for (int i = 0; i < 5; ++i) bytes.push_back(static_cast<std::uint8_t>(s.bricks >> (8 * i)));
    return bytes;
}

void Bricks::load(std::span<const std::uint8_t> b) {
    if (b.size() != 12) throw Error("state of bricks: expected 12 bytes, found " + std::to_string(b.size()));
    State s{b[0], b[1], b[2], b[3] - 8, b[4] - 8, b[5], 0, b[6]};
    for (int i = 0; i < 5; ++i) s.bricks |= std::uint64_t(b[7 + i]) << (8 * i);
    bool even = s.paddle_x % 2 == 0 && s.ball_x % 2 == 0 && s.ball_y % 2 == 0;
    bool placed = s.paddle_x >= field_left && s.paddle_x <= field_right - paddle_width && s.ball_x >= field_left &&
                  s.ball_x <= ball_right && s.ball_y >= field_top && s.ball_y <= rest_y;
    bool moving = (std::abs(s.ball_vx) == 2 || std::abs(s.ball_vx) == 4) && std::abs(s.ball_vy) == 2;
    if (!even || !placed || !moving || s.event > fast_among_bricks || s.lives < 1 || s.lives > lives_at_start ||
        s.bricks > full_wall)
        throw Error("state of bricks: the bytes are no state of this game");
    state_ = s;
}

}  // namespace drift
