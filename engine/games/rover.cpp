#include "games/rover.h"

#include <cmath>

#include "core/error.h"
#include "core/noise.h"
#include "games/rover_map.h"

namespace drift {
namespace {

using R = Rover;
using M = RoverMap;

constexpr int step_x[] = {0, 0, -1, 1}, step_y[] = {-1, 1, 0, 0};
constexpr int last_view = M::size - R::size;
constexpr std::uint32_t use_turns = 200;

struct Tile {
    int x, y;
};

Tile tile_under(const R::State& state) {
    return {(state.x + R::size / 2) / M::tile, (state.y + R::size / 2) / M::tile};
}

bool paved(Tile tile, int heading) {
    return M::paved(M::island().at(tile.x + step_x[heading], tile.y + step_y[heading]));
}

// The way is free for a whole tile.
bool clear(R::State state, int heading) {
    for (int i = 0; i < M::tile / R::speed; ++i) {
        R::State next = R::moved(state, heading);
        if (next.x == state.x && next.y == state.y) return false;
        state = next;
    }
    return true;
}

}  // namespace

const GameInfo& Rover::info() const {
    static const GameInfo info{"rover",
                               size,
                               size,
                               15,
                               {{{"noop", {}},
                                 {"up", {"Up", "W"}},
                                 {"down", {"Down", "S"}},
                                 {"left", {"Left", "A"}},
                                 {"right", {"Right", "D"}}}},
                               {"rover"}};
    return info;
}

bool Rover::free(int x, int y) {
    if (x < 0 || y < 0 || x > last_view || y > last_view) return false;
    const M& map = M::island();
    for (int v : {y + core_left, y + core_left + core - 1})
        for (int u : {x + core_left, x + core_left + core - 1})
            if (M::solid(map.at(u / M::tile, v / M::tile))) return false;
    return true;
}

Rover::State Rover::moved(const State& state, int heading) {
    State next{state.x + speed * step_x[heading], state.y + speed * step_y[heading], heading, heading != state.heading};
    if (!free(next.x, next.y)) next.x = state.x, next.y = state.y, next.rare = true;
    return next;
}

void Rover::reset(std::uint64_t seed) {
    NoiseKey key{seed, 0, 0};
    auto bits = [&](std::uint32_t i) { return random_bits(key, draw_index(Draw::data), i); };
    constexpr std::uint32_t places = last_view / speed + 1;
    std::uint32_t i = 1;
    auto draw = [&] { return speed * static_cast<int>(bits(i++) % places); };
    state_ = {0, 0, static_cast<int>(bits(0) % 4), false};
    do state_.x = draw(), state_.y = draw();
    while (!free(state_.x, state_.y));
}

void Rover::step(ActionCode action) {
    if (action == 0) state_.rare = false;
    else state_ = moved(state_, action - 1);
}

// Goes on, keeps to the roads it meets, and now and then turns off: where it does is a hash of the place and of how it came there, so that its
// ways reach everywhere. Without the slips of a policy it would end in a round trip, as all that depends on the place alone must.
std::optional<ActionCode> Rover::expert_action() const {
    const State& s = state_;
    bool ahead_free = free(s.x + speed * step_x[s.heading], s.y + speed * step_y[s.heading]);
    bool vertical = s.heading == up || s.heading == down;
    if (ahead_free && ((vertical ? s.y : s.x) + body_left) % M::tile != 0) return s.heading + 1;
    auto bits = place_hash(use_turns + static_cast<std::uint32_t>(s.heading), s.x, s.y);
    int side = (vertical ? left : up) + static_cast<int>(bits >> 16 & 1),
        other = vertical ? left + right - side : up + down - side;
    Tile here = tile_under(s);
    if (ahead_free) {
        bool on_road = M::paved(M::island().at(here.x, here.y)), road_ahead = paved(here, s.heading);
        for (int turn : {side, other}) {
            bool wanted = on_road && paved(here, turn) ? bits % 8 < (road_ahead ? 3u : 7u)
                                                       : bits % 32 < (road_ahead && on_road ? 1u : 3u);
            if (wanted && clear(s, turn)) return turn + 1;
        }
        return s.heading + 1;
    }
    for (int turn : {side, other})
        if (clear(s, turn)) return turn + 1;
    return (s.heading ^ 1) + 1;  // back
}

Probe Rover::probe() const { return {{Point{float(state_.x), float(state_.y)}}, {}, 0}; }

Frame Rover::map() const { return M::island().picture; }

std::optional<bool> Rover::obeyed(const Probe& before, ActionCode action, const Probe& after) const {
    if (!before.objects[0] || !after.objects[0]) return std::nullopt;
    State expected{static_cast<int>(std::lround(before.objects[0]->x)),
                   static_cast<int>(std::lround(before.objects[0]->y)), up, false};
    if (action > 0) expected = moved(expected, action - 1);
    return std::abs(after.objects[0]->x - float(expected.x)) <= 1 &&
           std::abs(after.objects[0]->y - float(expected.y)) <= 1;
}

std::vector<std::uint8_t> Rover::save() const {
    std::vector<std::uint8_t> bytes;
    for (int value : {state_.x / speed, state_.y / speed, state_.heading, int(state_.rare)})
        bytes.push_back(static_cast<std::uint8_t>(value));
    return bytes;
}

void Rover::load(std::span<const std::uint8_t> b) {
    if (b.size() != 4) throw Error("state of rover: expected 4 bytes, found " + std::to_string(b.size()));
    State s{speed * b[0], speed * b[1], b[2], b[3] != 0};
    if (!free(s.x, s.y) || s.heading > right || b[3] > 1)
        throw Error("state of rover: the bytes are no state of this game");
    state_ = s;
}

}  // namespace drift
