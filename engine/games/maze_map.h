// The maze that is walked in: which cells are walls, what each face of a wall looks like, and the ways from cell to cell. The same for every seed.
#pragma once

#include <array>
#include <cstdint>
#include <glm/vec2.hpp>
#include <glm/vec3.hpp>
#include <vector>

namespace drift {

struct MazeMap {
    static constexpr int cells = 13, cell = 16,
                         size = cells * cell;  // cells along a side; units along a cell and along the maze
    // Units from the eye to the nearest wall, at least: 0.44 cells, so a corridor of one cell has three lanes and a wall's top is always in sight.
    static constexpr int clearance = 7;

    enum Side { north, east, south, west };
    static constexpr std::array<glm::ivec2, 4> sides{{{0, -1}, {1, 0}, {0, 1}, {-1, 0}}};

    // A wall's face: its colour, and an emblem in the middle whose colour no other face of that region and side has.
    struct Face {
        glm::vec3 wall{}, emblem{};  // 0..255
        glm::vec2 emblem_half{};     // half its width and height, in cells
    };

    std::array<std::array<char, cells>, cells> plan{};                  // [y][x] '#' wall, '*' pillar, else the region
    std::array<std::array<std::array<Face, 4>, cells>, cells> faces{};  // [y][x][side] of walls and pillars
    std::array<std::array<bool, size>, size> room{};                    // [y][x] can the eye be there? In units
    std::vector<glm::ivec2> open;                                       // the cells that are no walls
    std::array<std::array<std::uint8_t, cells * cells>, cells * cells>
        far{};  // [to][from] cells to walk, of open cells; see index()

    static const MazeMap& maze();

    static glm::vec3 colour(char region);  // of its walls, 0..255
    static bool inside(glm::ivec2 c) { return c.x >= 0 && c.y >= 0 && c.x < cells && c.y < cells; }
    static std::size_t index(glm::ivec2 c) { return static_cast<std::size_t>(c.y * cells + c.x); }
    char at(glm::ivec2 c) const { return plan[static_cast<std::size_t>(c.y)][static_cast<std::size_t>(c.x)]; }
    bool wall(glm::ivec2 c) const { return at(c) == '#' || at(c) == '*'; }
    const Face& face(glm::ivec2 c, int side) const {
        return faces[static_cast<std::size_t>(c.y)][static_cast<std::size_t>(c.x)][static_cast<std::size_t>(side)];
    }
    bool free(glm::ivec2 p) const {
        return p.x >= 0 && p.y >= 0 && p.x < size && p.y < size &&
               room[static_cast<std::size_t>(p.y)][static_cast<std::size_t>(p.x)];
    }
};

}  // namespace drift
