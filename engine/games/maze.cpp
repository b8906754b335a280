#include "games/maze.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <glm/common.hpp>
#include <glm/geometric.hpp>

#include "core/byte_stream.h"
#include "core/noise.h"
#include "games/maze_map.h"

namespace drift {
namespace {

using M = MazeMap;

glm::ivec2 cell_of(glm::ivec2 at) { return at / M::cell; }
glm::ivec2 centre_of(glm::ivec2 cell) { return cell * M::cell + M::cell / 2; }
glm::ivec2 goal_of(const Maze::State& state) { return M::maze().open[state.trip % M::maze().open.size()]; }

std::uint32_t next_trip(std::uint32_t trip) { return random_bits({trip, 0, 0}, draw_index(Draw::data), 0); }

// Clockwise by so many times 90 degrees.
template <class Vector>
Vector turned(Vector v, int quarters) {
    for (; quarters > 0; --quarters) v = {-v.y, v.x};
    return v;
}

// As far as walls let it, each axis by itself: what is stopped in one goes on in the other.
glm::ivec2 slid(glm::ivec2 at, glm::ivec2 stride) {
    const int units = glm::max(std::abs(stride.x), std::abs(stride.y));
    glm::ivec2 gone{};
    for (int i = 1; i <= units; ++i) {
        glm::ivec2 due = (stride * i * 2 + units * glm::sign(stride)) / (2 * units), unit = due - gone;
        gone = due;
        if (M::maze().free(at + glm::ivec2(unit.x, 0))) at.x += unit.x;
        if (M::maze().free(at + glm::ivec2(0, unit.y))) at.y += unit.y;
    }
    return at;
}

// Sidewards to an opening that the stride only just misses: three lanes are too few to meet by hand.
glm::ivec2 led(glm::ivec2 at, glm::ivec2 stride) {
    constexpr int reach = M::cell / 2 - 2, speed = 3;
    if (stride.x != 0 && stride.y != 0) return at;
    const glm::ivec2 ahead = glm::sign(stride);
    for (int units = 1; units <= reach; ++units)
        for (glm::ivec2 side : {turned(ahead, 1), turned(ahead, 3)})
            if (M::maze().free(at + side * units + ahead) && slid(at, side * units) == at + side * units)
                return at + side * glm::min(units, speed);
    return at;
}

bool straight_way(glm::ivec2 from, glm::ivec2 to) {
    const glm::ivec2 way = to - from;
    const int units = glm::max(std::abs(way.x), std::abs(way.y));
    for (int i = 1; i <= units; ++i)
        if (!M::maze().free(from + way * i / units)) return false;
    return true;
}

}  // namespace

const GameInfo& Maze::info() const {
    static const GameInfo info{"maze",
                               size,
                               size,
                               15,
                               {{{"noop", {}},
                                 {"forward", {"Up", "W"}},
                                 {"back", {"Down", "S"}},
                                 {"left", {"Left", "A"}},
                                 {"right", {"Right", "D"}}}},
                               {"walker"}};
    return info;
}

glm::vec2 Maze::direction(int heading) {
    // Written out: sines differ from machine to machine in their last bit.
    static constexpr std::array<glm::vec2, 4> first{
        {{0, -1}, {0.38268343f, -0.92387953f}, {0.70710678f, -0.70710678f}, {0.92387953f, -0.38268343f}}};
    return turned(first[std::size_t(heading % 4)], heading / 4);
}

glm::ivec2 Maze::stride(int heading) {
    static constexpr std::array<glm::ivec2, 4> first{{{0, -3}, {1, -3}, {2, -2}, {3, -1}}};
    return turned(first[std::size_t(heading % 4)], heading / 4);
}

Maze::State Maze::moved(const State& state, int action) {
    State next = state;
    next.rare = false;
    if (action == left || action == right)
        next.heading = (state.heading + (action == right ? 1 : headings - 1)) % headings;
    if (action != forward && action != back) return next;
    const glm::ivec2 way = stride(action == forward ? state.heading : (state.heading + headings / 2) % headings);
    next.at = slid(state.at, way);
    if (next.at == state.at) next.at = led(state.at, way);
    next.rare = next.at != state.at + way;
    return next;
}

void Maze::reset(std::uint64_t seed) {
    NoiseKey key{seed, 0, 0};
    std::uint32_t i = 0;
    auto draw = [&] { return random_bits(key, draw_index(Draw::data), i++); };
    state_ = {{}, static_cast<int>(draw() % headings), draw(), false};
    do state_.at.x = static_cast<int>(draw() % M::size), state_.at.y = static_cast<int>(draw() % M::size);
    while (!M::maze().free(state_.at));
    step(noop);  // not at the goal already
}

void Maze::step(ActionCode action) {
    state_ = moved(state_, action);
    while (goal_of(state_) == cell_of(state_.at)) state_.trip = next_trip(state_.trip);
}

// Walks to one cell after the other, straight to the farthest of those on its way that no wall hides.
std::optional<ActionCode> Maze::expert_action() const {
    const M& map = M::maze();
    const auto& far = map.far[M::index(goal_of(state_))];
    glm::ivec2 cell = cell_of(state_.at), target = centre_of(cell);
    while (far[M::index(cell)] > 0) {
        std::uint32_t side = state_.trip / 256 % 4;  // of equally short ways another one each time
        while (map.wall(cell + M::sides[side]) || far[M::index(cell + M::sides[side])] >= far[M::index(cell)])
            side = (side + 1) % 4;
        cell += M::sides[side];
        if (!straight_way(state_.at, centre_of(cell))) break;
        target = centre_of(cell);
    }
    int wanted = 0;
    auto along = [&](int heading) { return glm::dot(direction(heading), glm::vec2(target - state_.at)); };
    for (int heading = 1; heading < headings; ++heading)
        if (along(heading) > along(wanted)) wanted = heading;
    int turn = (wanted - state_.heading + headings) % headings;
    return turn == 0 ? forward : turn <= headings / 2 ? right : left;
}

Probe Maze::probe() const {
    return {{Point{float(state_.at.x), float(state_.at.y)}}, float(state_.heading) * 360 / headings, 0};
}

std::optional<bool> Maze::obeyed(const Probe& before, ActionCode action, const Probe& after) const {
    if (!before.objects[0] || !before.heading || !after.objects[0] || !after.heading) return std::nullopt;
    auto pose = [](const Probe& probe) {
        int heading = static_cast<int>(std::lround(*probe.heading * headings / 360)) % headings;
        return State{{std::lround(probe.objects[0]->x), std::lround(probe.objects[0]->y)}, heading, 0, false};
    };
    const State expected = moved(pose(before), action), found = pose(after);
    const glm::ivec2 off = glm::abs(found.at - expected.at);
    return glm::max(off.x, off.y) <= 1 && found.heading == expected.heading;
}

std::vector<std::uint8_t> Maze::save() const {
    ByteWriter out;
    for (int value : {state_.at.x, state_.at.y, state_.heading, int(state_.rare)})
        out.put(static_cast<std::uint8_t>(value));
    out.put(state_.trip);
    return out.bytes;
}

void Maze::load(std::span<const std::uint8_t> b) {
    if (b.size() != 8) throw Error("state of maze: expected 8 bytes, found " + std::to_string(b.size()));
    State s{{b[0], b[1]}, b[2], 0, b[3] != 0};
    s.trip = ByteReader(b.subspan(4)).get<std::uint32_t>();
    if (!M::maze().free(s.at) || s.heading >= headings || b[3] > 1 || goal_of(s) == cell_of(s.at))
        throw Error("state of maze: the bytes are no state of this game");
    state_ = s;
}

}  // namespace drift
