#include "games/rover_map.h"

#include <algorithm>
#include <cstdlib>
#include <utility>
#include <vector>

#include "core/noise.h"

namespace drift {
namespace {

using M = RoverMap;

constexpr std::uint64_t island_seed = 11;
constexpr std::array<std::pair<int, int>, 4> sides{{{0, -1}, {0, 1}, {-1, 0}, {1, 0}}};
enum Use : std::uint32_t {
    coast,
    coast_detail,
    trees,
    tree_kind,
    blossom,
    beach,
    villages,
    lanes,
    homes,
    fields,
    farm
};

bool inland(int x, int y) { return std::min(x, y) >= M::shore && std::max(x, y) < M::tiles - M::shore; }

// Value noise, 0..255: hashes at the corners of cells `cell` tiles wide, blended linearly.
int value_noise(std::uint32_t use, int x, int y, int cell) {
    int left = x / cell, top = y / cell, fx = x % cell, fy = y % cell;
    auto corner = [&](int dx, int dy) { return static_cast<int>(place_hash(use, left + dx, top + dy) & 255); };
    int upper = corner(0, 0) * (cell - fx) + corner(1, 0) * fx, lower = corner(0, 1) * (cell - fx) + corner(1, 1) * fx;
    return (upper * (cell - fy) + lower * fy) / (cell * cell);
}

// The work of making the island, one layer after the other.
struct Maker {
    static constexpr int hamlets = 4;  // along each side
    M& map;

    M::Tile& ground(int x, int y) { return map.ground[static_cast<std::size_t>(y)][static_cast<std::size_t>(x)]; }
    std::uint8_t& look(int x, int y) { return map.look[static_cast<std::size_t>(y)][static_cast<std::size_t>(x)]; }

    template <class Visit>
    static void each_inland(Visit visit) {
        for (int y = M::shore; y < M::tiles - M::shore; ++y)
            for (int x = M::shore; x < M::tiles - M::shore; ++x) visit(x, y);
    }

    bool near(int x, int y, int reach, auto is) {
        for (int v = std::max(0, y - reach); v <= std::min(M::tiles - 1, y + reach); ++v)
            for (int u = std::max(0, x - reach); u <= std::min(M::tiles - 1, x + reach); ++u)
                if (is(ground(u, v))) return true;
        return false;
    }

    void raise_land() {
        each_inland([&](int x, int y) {
            int height = (3 * value_noise(coast, x, y, 9) + 2 * value_noise(coast_detail, x, y, 4)) / 5;
            int edge = std::min({x - M::shore, M::tiles - 1 - M::shore - x, y - M::shore, M::tiles - 1 - M::shore - y});
            if (height + 16 * std::min(edge, 5) < 150) return;
            ground(x, y) = M::grass;
        });
    }

    // Woods and meadows are wide patches, not single tiles: what stands in one place tells what stands beside it.
    void plant() {
        each_inland([&](int x, int y) {
            if (ground(x, y) != M::grass) return;
            bool by_water = near(x, y, 1, [](M::Tile t) { return t == M::deep; });
            if (by_water && value_noise(beach, x, y, 6) > 100) ground(x, y) = M::sand;
            else if (value_noise(trees, x, y, 5) > 150)
                ground(x, y) = value_noise(tree_kind, x, y, 10) > 128 ? M::pines : M::wood;
            else if (value_noise(blossom, x, y, 5) > 160)
                ground(x, y) = M::flowers, look(x, y) = static_cast<std::uint8_t>(value_noise(blossom, y, x, 12) / 90);
        });
    }

    // Where hamlet (i, j) lies: the middle of its part of the island, moved by a hash.
    static std::pair<int, int> hamlet(int i, int j) {
        constexpr int part = (M::tiles - 2 * M::shore) / hamlets;
        auto bits = place_hash(villages, i, j);
        return {M::shore + i * part + 2 + static_cast<int>(bits % (part - 4)),
                M::shore + j * part + 2 + static_cast<int>(bits / 64 % (part - 4))};
    }

    // A road with one bend, laid only where it would need no long bridge.
    void lay_road(std::pair<int, int> from, std::pair<int, int> to, bool across_first) {
        std::vector<std::pair<int, int>> way;
        auto [x, y] = from;
        auto walk = [&](int& at, int goal) {
            for (way.emplace_back(x, y); at != goal; way.emplace_back(x, y)) at += goal > at ? 1 : -1;
        };
        if (across_first) walk(x, to.first), walk(y, to.second);
        else walk(y, to.second), walk(x, to.first);
        int wet = 0, longest = 0;
        for (auto [u, v] : way) longest = std::max(longest, wet = ground(u, v) == M::deep ? wet + 1 : 0);
        if (longest > 5) return;
        for (auto [u, v] : way)
            ground(u, v) = ground(u, v) == M::deep || ground(u, v) == M::bridge ? M::bridge : M::road;
    }

    void settle() {
        for (int j = 0; j < hamlets; ++j)
            for (int i = 0; i < hamlets; ++i) {
                auto bits = place_hash(lanes, i, j);
                if (i + 1 < hamlets && bits % 8 < 7) lay_road(hamlet(i, j), hamlet(i + 1, j), bits >> 8 & 1);
                if (j + 1 < hamlets && bits / 16 % 8 < 7) lay_road(hamlet(i, j), hamlet(i, j + 1), bits >> 9 & 1);
            }
        for (int j = 0; j < hamlets; ++j)
            for (int i = 0; i < hamlets; ++i) build_hamlet(i, j);
    }

    // Every hamlet has roofs of its own colour, and a field.
    void build_hamlet(int i, int j) {
        auto [cx, cy] = hamlet(i, j);
        auto bits = place_hash(fields, i, j);
        int left = cx + static_cast<int>(bits % 3) - 3, top = cy + (bits >> 4 & 1 ? 1 : -3);
        for (int y = cy - 4; y <= cy + 4; ++y)
            for (int x = cx - 4; x <= cx + 4; ++x) {
                if (!inland(x, y) || M::paved(ground(x, y)) || ground(x, y) == M::deep) continue;
                bool beside = std::any_of(sides.begin(), sides.end(), [&](auto side) {
                    return ground(x + side.first, y + side.second) == M::road;
                });
                if (beside && place_hash(homes, x, y) % 7 < 2)
                    ground(x, y) = M::house, look(x, y) = static_cast<std::uint8_t>((i + 2 * j) % 5);
                else if (bits % 4 && x >= left && x < left + 4 && y >= top && y < top + 3 && ground(x, y) != M::house &&
                         ground(x, y) != M::sand)
                    ground(x, y) = M::field;
            }
    }

    // What no way leads to from the first land with a road sinks; shallow water lies along the coast.
    void finish() {
        std::array<std::array<bool, M::tiles>, M::tiles> reached{};
        std::vector<std::pair<int, int>> open;
        auto visit = [&](int x, int y) {
            bool& mark = reached[static_cast<std::size_t>(y)][static_cast<std::size_t>(x)];
            if (!mark && !M::solid(ground(x, y))) open.emplace_back(x, y);
            mark = true;
        };
        each_inland([&](int x, int y) {
            if (open.empty() && ground(x, y) == M::road && x >= M::tiles / 2 && y >= M::tiles / 2) visit(x, y);
        });
        for (std::size_t next = 0; next < open.size(); ++next)
            for (auto [dx, dy] : sides) visit(open[next].first + dx, open[next].second + dy);
        for (int y = 0; y < M::tiles; ++y)
            for (int x = 0; x < M::tiles; ++x)
                if (!reached[static_cast<std::size_t>(y)][static_cast<std::size_t>(x)]) ground(x, y) = M::deep;
        auto dry = [](M::Tile t) { return t > M::water && t != M::bridge; };
        each_inland([&](int x, int y) {
            if (ground(x, y) == M::deep && near(x, y, 1, dry)) ground(x, y) = M::water;
        });
        for (int y = 1; y + 1 < M::tiles; ++y)
            for (int x = 1; x + 1 < M::tiles; ++x)
                if (ground(x, y) == M::deep && near(x, y, 1, dry)) ground(x, y) = M::water;
    }
};

}  // namespace

std::uint32_t place_hash(std::uint32_t use, int x, int y) {
    return random_bits({island_seed, static_cast<std::uint64_t>(y * RoverMap::size + x), use}, draw_index(Draw::data),
                       0);
}

const RoverMap& RoverMap::island() {
    static const RoverMap map = [] {
        RoverMap made;
        Maker maker{made};
        maker.raise_land();
        maker.plant();
        maker.settle();
        maker.finish();
        made.picture = draw(made);
        return made;
    }();
    return map;
}

}  // namespace drift
