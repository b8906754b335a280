// The rover's island as pixels: flat colours, rounded corners, a few marks a tile.
#include <algorithm>
#include <array>

#include "games/rover_map.h"

namespace drift {
namespace {

using M = RoverMap;
using Colour = std::array<std::uint8_t, 3>;

constexpr Colour foam{168, 216, 232}, tuft{104, 172, 84}, trunk{112, 80, 56}, plank{128, 88, 56}, furrow{196, 160, 80},
    stone{164, 152, 140}, plaza{212, 204, 192}, wall{248, 232, 200}, door{104, 72, 56}, ridge_light{255, 255, 255};
constexpr std::array<Colour, 5> roofs{{{216, 72, 64}, {72, 96, 200}, {232, 144, 48}, {152, 80, 176}, {64, 152, 152}}};
constexpr std::array<Colour, 3> petals{{{248, 248, 240}, {248, 216, 72}, {240, 136, 176}}};

Colour base(M::Tile tile) {
    switch (tile) {
        case M::deep: return {48, 104, 176};
        case M::water: return {80, 152, 208};
        case M::sand: return {236, 212, 152};
        case M::wood:
        case M::pines: return {92, 156, 80};
        case M::field: return {220, 188, 96};
        case M::road:
        case M::house: return {172, 164, 156};
        case M::bridge: return {164, 116, 72};
        default: return {124, 192, 96};
    }
}

// What a tile shows under what stands on it: a house stands on grass.
M::Tile floor_of(M::Tile tile) {
    return tile == M::flowers || tile == M::house ? M::grass : tile == M::pines ? M::wood : tile;
}

struct Brush {
    Frame& frame;
    int left, top;  // pixels, of the tile
    void dot(int x, int y, const Colour& colour) {
        std::copy(colour.begin(), colour.end(), frame.at(left + x, top + y));
    }
    void box(int x, int y, int w, int h, const Colour& colour) {
        for (int v = y; v < y + h; ++v)
            for (int u = x; u < x + w; ++u) dot(u, v, colour);
    }
};

Colour mixed(const Colour& a, const Colour& b, int eighths) {
    Colour c{};
    for (std::size_t i = 0; i < 3; ++i) c[i] = static_cast<std::uint8_t>((a[i] * (8 - eighths) + b[i] * eighths) / 8);
    return c;
}

void tree(Brush& brush, const Colour& leaves) {
    Colour shade = mixed(leaves, {0, 32, 32}, 3), light = mixed(leaves, {232, 240, 144}, 2);
    brush.box(2, 1, 4, 6, leaves);
    brush.box(1, 2, 6, 4, leaves);
    brush.box(2, 6, 4, 1, shade);
    brush.dot(1, 5, shade), brush.dot(6, 5, shade);
    brush.box(2, 2, 2, 2, light);
}

void pine(Brush& brush) {
    constexpr Colour needles{40, 104, 88}, snow{88, 152, 128};
    brush.box(3, 0, 2, 2, snow);
    brush.box(2, 2, 4, 2, needles);
    brush.box(1, 4, 6, 2, needles);
    brush.box(3, 6, 2, 2, trunk);
}

void cottage(Brush& brush, const Colour& roof) {
    brush.box(0, 1, 8, 4, roof);
    brush.box(1, 0, 6, 1, mixed(roof, ridge_light, 3));
    brush.box(0, 4, 8, 1, mixed(roof, {0, 0, 0}, 2));
    brush.box(1, 5, 6, 3, wall);
    brush.box(3, 6, 2, 2, door);
}

void decorate(Brush& brush, const M& map, int x, int y) {
    auto bits = place_hash(100, x, y);
    int px = 1 + static_cast<int>(bits >> 8 & 3), py = 1 + static_cast<int>(bits >> 10 & 3),
        look = map.look[std::size_t(y)][std::size_t(x)];
    switch (map.at(x, y)) {
        case M::deep:
            if (bits % 12 == 0) brush.box(px, py, 4, 1, base(M::water));
            break;
        case M::sand:
            if (bits % 9 == 0) brush.box(px, py, 3, 2, stone);
            break;
        case M::grass:
            if (bits % 7 == 0) brush.box(px, py, 2, 2, tuft), brush.dot(px + 2, py + 1, tuft);
            break;
        case M::flowers: {
            const Colour& petal = petals[std::size_t(look) % petals.size()];
            (x + y) % 2 ? brush.box(1, 1, 2, 2, petal) : brush.box(4, 4, 2, 2, petal);
            break;
        }
        case M::wood: tree(brush, {52, 124, 64}); break;
        case M::pines: pine(brush); break;
        case M::field: brush.box(0, 1, 8, 1, furrow), brush.box(0, 5, 8, 1, furrow); break;
        case M::road: {
            int ways = M::paved(map.at(x - 1, y)) + M::paved(map.at(x + 1, y)) + M::paved(map.at(x, y - 1)) +
                       M::paved(map.at(x, y + 1));
            if (ways > 2) brush.box(2, 2, 4, 4, plaza);
            break;
        }
        case M::bridge:
            for (int i : {0, 4})
                M::paved(map.at(x - 1, y)) ? brush.box(i, 0, 1, 8, plank) : brush.box(0, i, 8, 1, plank);
            break;
        case M::house: cottage(brush, roofs[std::size_t(look) % roofs.size()]); break;
        default: break;
    }
}

// Where two sides that meet in a corner have the same other floor, that floor rounds the corner.
void round_corners(Brush& brush, const M& map, int x, int y) {
    auto floor = [&](int u, int v) {
        return floor_of(map.at(std::clamp(u, 0, M::tiles - 1), std::clamp(v, 0, M::tiles - 1)));
    };
    M::Tile own = floor(x, y);
    if (M::paved(own) || own == M::field) return;
    for (int dy : {-1, 1})
        for (int dx : {-1, 1}) {
            M::Tile other = floor(x + dx, y);
            if (other == own || other != floor(x, y + dy) || M::paved(other) || other == M::field) continue;
            int cx = dx < 0 ? 0 : 7, cy = dy < 0 ? 0 : 7;
            for (auto [u, v] : {std::pair{0, 0}, {1, 0}, {2, 0}, {0, 1}, {0, 2}, {1, 1}})
                brush.dot(cx - dx * u, cy - dy * v, base(other));
        }
}

// A light line where water meets land.
void line_shore(Frame& frame, const M& map) {
    auto wet = [&](int x, int y) {
        return map.at(x / M::tile, y / M::tile) <= M::bridge && [&] {
            const std::uint8_t* p = frame.at(x, y);
            auto is = [&](const Colour& c) { return std::equal(c.begin(), c.end(), p); };
            return is(base(M::water)) || is(base(M::deep)) || is(foam);
        }();
    };
    Frame lined = frame;
    for (int y = 1; y + 1 < M::size; ++y)
        for (int x = 1; x + 1 < M::size; ++x)
            if (wet(x, y) && (!wet(x - 1, y) || !wet(x + 1, y) || !wet(x, y - 1) || !wet(x, y + 1)))
                std::copy(foam.begin(), foam.end(), lined.at(x, y));
    frame = std::move(lined);
}

}  // namespace

Frame draw(const RoverMap& map) {
    Frame frame(M::size, M::size);
    auto each = [&](auto paint) {
        for (int y = 0; y < M::tiles; ++y)
            for (int x = 0; x < M::tiles; ++x) {
                Brush brush{frame, x * M::tile, y * M::tile};
                paint(brush, x, y);
            }
    };
    each([&](Brush& brush, int x, int y) {
        brush.box(0, 0, M::tile, M::tile, base(floor_of(map.at(x, y)))), round_corners(brush, map, x, y);
    });
    line_shore(frame, map);
    each([&](Brush& brush, int x, int y) { decorate(brush, map, x, y); });
    return frame;
}

}  // namespace drift
