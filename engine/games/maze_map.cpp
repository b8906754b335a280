#include "games/maze_map.h"

#include <glm/common.hpp>
#include <glm/geometric.hpp>

namespace drift {
namespace {

using M = MazeMap;

// Letters are regions, each with a colour of its own on the walls around it.
constexpr const char* layout[M::cells]{"#############", "#aaa#bbbbbii#", "#aaa#b###b#i#", "#a*abb#ccc#i#",
                                       "#aaa###c*c#i#", "##a##dddcc#i#", "#ee#ddddd#ii#", "#e##d*d*dff##",
                                       "#eeeddddd#ff#", "#e##d*d*d##f#", "#e##ddddd#hf#", "#ggggg##hhhh#",
                                       "#############"};

constexpr int regions = 10;  // 'a' and on; the last is the pillars'
constexpr std::array<glm::vec3, regions> walls{{{226, 104, 88},
                                                {56, 168, 164},
                                                {232, 184, 72},
                                                {214, 206, 188},
                                                {116, 178, 88},
                                                {150, 112, 204},
                                                {80, 136, 212},
                                                {228, 140, 180},
                                                {206, 128, 64},
                                                {108, 118, 146}}};
constexpr std::array<glm::vec3, 8> emblems{{{250, 250, 240},
                                            {252, 212, 56},
                                            {212, 48, 56},
                                            {40, 80, 200},
                                            {40, 148, 76},
                                            {56, 48, 72},
                                            {112, 220, 236},
                                            {196, 56, 168}}};
// Light falls from the north-west, so that the sides of a corner differ.
constexpr std::array<float, 4> light{0.94f, 0.76f, 0.86f, 1.0f};
// A square, a banner and a wide picture, by region.
constexpr std::array<glm::vec2, 3> shapes{{{0.17f, 0.15f}, {0.11f, 0.2f}, {0.26f, 0.1f}}};

std::size_t region_of(char letter) { return std::size_t(letter == '*' ? regions - 1 : letter - 'a'); }

void paint_faces(M& map) {
    std::array<std::array<std::size_t, 4>, regions> next{};  // emblem of the region's next face of that side
    for (int y = 0; y < M::cells; ++y)
        for (int x = 0; x < M::cells; ++x)
            for (int side = 0; side < 4; ++side) {
                glm::ivec2 at{x, y}, before = at + M::sides[std::size_t(side)];
                if (!map.wall(at) || !M::inside(before) || map.wall(before)) continue;
                const std::size_t region = region_of(map.at(at) == '*' ? '*' : map.at(before));
                std::size_t& emblem = next[region][std::size_t(side)];
                while (glm::distance(walls[region], emblems[emblem % emblems.size()]) < 90) ++emblem;
                float bright = light[std::size_t(side)];
                map.faces[std::size_t(y)][std::size_t(x)][std::size_t(side)] = {
                    walls[region] * bright, emblems[emblem++ % emblems.size()] * bright,
                    shapes[region % shapes.size()]};
            }
}

bool has_room(const M& map, glm::ivec2 p) {
    glm::ivec2 first = (p - M::clearance) / M::cell, last = (p + M::clearance - 1) / M::cell;
    if (p.x < M::clearance || p.y < M::clearance || !M::inside(last)) return false;
    for (int y = first.y; y <= last.y; ++y)
        for (int x = first.x; x <= last.x; ++x)
            if (map.wall({x, y})) return false;
    return true;
}

void measure_ways(M& map, glm::ivec2 to) {
    auto& far = map.far[M::index(to)];
    far.fill(255);
    far[M::index(to)] = 0;
    std::vector<glm::ivec2> reached{to};
    for (std::size_t i = 0; i < reached.size(); ++i)
        for (glm::ivec2 side : M::sides) {
            glm::ivec2 next = reached[i] + side;
            if (map.wall(next) || far[M::index(next)] != 255) continue;
            far[M::index(next)] = static_cast<std::uint8_t>(far[M::index(reached[i])] + 1);
            reached.push_back(next);
        }
}

}  // namespace

glm::vec3 MazeMap::colour(char region) { return walls[region_of(region)]; }

const MazeMap& MazeMap::maze() {
    static const MazeMap map = [] {
        MazeMap made;
        for (int y = 0; y < cells; ++y)
            for (int x = 0; x < cells; ++x) {
                made.plan[std::size_t(y)][std::size_t(x)] = layout[y][x];
                if (!made.wall({x, y})) made.open.emplace_back(x, y);
            }
        paint_faces(made);
        for (int y = 0; y < size; ++y)
            for (int x = 0; x < size; ++x) made.room[std::size_t(y)][std::size_t(x)] = has_room(made, {x, y});
        for (glm::ivec2 to : made.open) measure_ways(made, to);
        return made;
    }();
    return map;
}

}  // namespace drift
