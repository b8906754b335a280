#include "games/skeet.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "core/error.h"
#include "core/held_buttons.h"
#include "core/noise.h"

namespace drift {
namespace {

using S = Skeet;

// The place after a step of `way` pixels between two walls; the direction turns at them.
void fly(int& place, int& direction, int way, int low, int high) {
    place += direction * way;
    if (place >= low && place <= high) return;
    place = place < low ? 2 * low - place : 2 * high - place;
    direction = -direction;
}

int moved(int place, int motion) { return std::clamp(place + motion, S::cross_low, S::cross_high); }

bool near(int a, int b) { return std::abs(a - b) <= S::reach; }

}  // namespace

const GameInfo& Skeet::info() const {
    static const GameInfo info = [] {
        const std::vector<double> motion{-8, -3, 0, 3, 8};
        return GameInfo{
            "skeet",
            size,
            size,
            15,
            actions_of_buttons({{"fire", {"Space", "Mouse Left"}}, {"focus", {"Left Shift", "Mouse Right"}}}, motion,
                               motion),
            {"cross", "disc", "shot", "ring"}};
    }();
    return info;
}

void Skeet::reset(std::uint64_t seed) {
    auto draw = [&](std::uint32_t i, int low, int high) {
        const auto bits = random_bits({seed, 0, 0}, draw_index(Draw::data), i);
        return low + static_cast<int>(bits % static_cast<std::uint32_t>(high - low + 1));
    };
    state_ = {};
    state_.cross_x = draw(0, cross_low, cross_high), state_.cross_y = draw(1, cross_low, cross_high);
    state_.disc_x = draw(2, disc_low, disc_right), state_.disc_y = draw(3, disc_low, disc_bottom);
    state_.right = 2 * draw(4, 0, 1) - 1, state_.down = 2 * draw(5, 0, 1) - 1;
}

void Skeet::step(ActionCode action) {
    const Action done = info().actions.action(action);
    State& s = state_;
    const bool pulled = (action & Button::fire) != 0 && !s.fire;  // a shot is one pull of the trigger
    s.fire = (action & Button::fire) != 0, s.focus = (action & Button::focus) != 0;
    s.cross_x = moved(s.cross_x, done.mouse_x), s.cross_y = moved(s.cross_y, done.mouse_y);
    const int way = s.focus ? 1 : 2;
    fly(s.disc_x, s.right, way, disc_low, disc_right);
    fly(s.disc_y, s.down, way, disc_low, disc_bottom);
    s.rare = pulled && near(s.disc_x, s.cross_x) && near(s.disc_y, s.cross_y);
    if (s.rare) s.disc_x = disc_low + disc_right - s.disc_x;  // the next one comes from the other side
}

// Towards where the disc will be, slowly where that is near, and a shot when it is there.
std::optional<ActionCode> Skeet::expert_action() const {
    const State& s = state_;
    const int far = std::max(std::abs(s.disc_x - s.cross_x), std::abs(s.disc_y - s.cross_y));
    const bool slow = far < 14;
    State ahead = s;
    fly(ahead.disc_x, ahead.right, slow ? 1 : 2, disc_low, disc_right);
    fly(ahead.disc_y, ahead.down, slow ? 1 : 2, disc_low, disc_bottom);
    const ActionSpace& actions = info().actions;
    const auto aimed = actions.code(0, ahead.disc_x - s.cross_x, ahead.disc_y - s.cross_y);
    const Action way = actions.action(aimed);
    const bool hits =
        near(moved(s.cross_x, way.mouse_x), ahead.disc_x) && near(moved(s.cross_y, way.mouse_y), ahead.disc_y);
    return aimed | (hits && !s.fire ? ActionCode{Button::fire} : 0) | (slow ? ActionCode{Button::focus} : 0);
}

Probe Skeet::probe() const {
    const Point middle{float(state_.cross_x), float(state_.cross_y)};
    auto held = [&](bool shown) { return shown ? std::optional(middle) : std::nullopt; };
    return {{middle, Point{float(state_.disc_x), float(state_.disc_y)}, held(state_.fire), held(state_.focus)}, {}, 0};
}

std::optional<bool> Skeet::obeyed(const Probe& before, ActionCode action, const Probe& after) const {
    if (!before.objects[cross] || !after.objects[cross]) return std::nullopt;
    const Action done = info().actions.action(action);
    auto went = [](float from, int motion, float to) {
        return std::abs(to - float(moved(static_cast<int>(std::lround(from)), motion))) <= 1;
    };
    return went(before.objects[cross]->x, done.mouse_x, after.objects[cross]->x) &&
           went(before.objects[cross]->y, done.mouse_y, after.objects[cross]->y) &&
           after.objects[shot].has_value() == ((action & Button::fire) != 0) &&
           after.objects[ring].has_value() == ((action & Button::focus) != 0);
}

std::vector<std::uint8_t> Skeet::save() const {
    const State& s = state_;
    std::vector<std::uint8_t> bytes;
    for (int value :
         {s.cross_x, s.cross_y, s.disc_x, s.disc_y, s.right + 1, s.down + 1, int(s.fire), int(s.focus), int(s.rare)})
        bytes.push_back(static_cast<std::uint8_t>(value));
    return bytes;
}

void Skeet::load(std::span<const std::uint8_t> b) {
    if (b.size() != 9) throw Error("state of skeet: expected 9 bytes, found " + std::to_string(b.size()));
    const State s{b[0], b[1], b[2], b[3], b[4] - 1, b[5] - 1, b[6] != 0, b[7] != 0, b[8] != 0};
    auto within = [](int value, int low, int high) { return value >= low && value <= high; };
    if (!within(s.cross_x, cross_low, cross_high) || !within(s.cross_y, cross_low, cross_high) ||
        !within(s.disc_x, disc_low, disc_right) || !within(s.disc_y, disc_low, disc_bottom) || std::abs(s.right) != 1 ||
        std::abs(s.down) != 1 || b[6] > 1 || b[7] > 1 || b[8] > 1)
        throw Error("state of skeet: the bytes are no state of this game");
    state_ = s;
}

}  // namespace drift
