// Maze as pixels: what is seen from a pose, and the maze from above.
#include <algorithm>
#include <array>
#include <cmath>
#include <glm/common.hpp>
#include <glm/vec4.hpp>

#include "games/maze.h"
#include "games/maze_map.h"

namespace drift {
namespace {

using M = MazeMap;

constexpr float half_view = 0.95f;     // tangent of half the angle that is seen: 87 degrees
constexpr float half_wall = 0.38f;     // half a wall's height, in cells: less than what is seen at the least distance
constexpr float seam = 0.035f;         // width of the dark edges, in cells
constexpr float frame_width = 0.025f;  // of an emblem's dark frame

constexpr glm::vec3 edge{44, 36, 52}, sky{188, 208, 226}, ground{104, 94, 90};

struct Hit {
    float depth = 0;  // along the direction of view, in cells
    float along = 0;  // where on the face, 0..1
    const M::Face* face = nullptr;
};

// From cell to cell until one is a wall. `from` in cells.
Hit cast(const M& map, glm::vec2 from, glm::vec2 ray) {
    glm::ivec2 cell(from), step(ray.x < 0 ? -1 : 1, ray.y < 0 ? -1 : 1);
    const glm::vec2 delta = glm::abs(1.0f / ray), inside = from - glm::vec2(cell);
    glm::vec2 next = delta * glm::vec2(ray.x < 0 ? inside.x : 1 - inside.x, ray.y < 0 ? inside.y : 1 - inside.y);
    for (;;) {
        const int axis = next.x < next.y ? 0 : 1;
        const float depth = next[axis];
        cell[axis] += step[axis];
        next[axis] += delta[axis];
        if (!map.wall(cell)) continue;
        const int side = axis == 0 ? (step.x > 0 ? M::west : M::east) : (step.y > 0 ? M::north : M::south);
        const float place = axis == 0 ? from.y + depth * ray.y : from.x + depth * ray.x;
        return {depth, place - std::floor(place), &map.face(cell, side)};
    }
}

// A column's upper half from the middle on, summed over its rays; the lower half is the same but for the ground. Colours come with how much of the
// pixel they cover. Each layer is added where it ends and counts from there to the middle: so a ray costs the same however high its wall is.
struct Column {
    std::array<glm::vec4, Maze::size / 2 + 1> ends{}, parts{};
    int half_height;

    // Within `half` pixels of the middle `colour` is what `under` was; the pixel that is covered in part takes its part.
    void paint(float half, const glm::vec4& colour, const glm::vec4& under) {
        const int whole = std::min(static_cast<int>(half), half_height);
        ends[std::size_t(whole)] += colour - under;
        if (whole < half_height) parts[std::size_t(whole)] += (colour - under) * (half - static_cast<float>(whole));
    }

    // `pixels` along a cell at depth 1.
    void paint_wall(const Hit& hit, float pixels) {
        pixels /= hit.depth;
        const float from_middle = std::abs(hit.along - 0.5f);
        const glm::vec4 dark(edge, 1), wall(hit.face->wall, 1);
        paint(half_wall * pixels, dark, {});
        if (from_middle > 0.5f - seam) return;
        paint((half_wall - seam) * pixels, wall, dark);
        const glm::vec2 emblem = hit.face->emblem_half;
        if (from_middle > emblem.x + frame_width) return;
        paint((emblem.y + frame_width) * pixels, dark, wall);
        if (from_middle < emblem.x) paint(emblem.y * pixels, glm::vec4(hit.face->emblem, 1), dark);
    }
};

}  // namespace

// A picture of the whole size with three rays a column takes 17 us on a core of an EPYC, two thirds of them for the rays.
void Maze::draw(const State& state, int width, int height, int rays, Frame& frame) {
    if (frame.width != width || frame.height != height) frame = Frame(width, height);
    const M& map = M::maze();
    const glm::vec2 from = glm::vec2(state.at) / float(M::cell), ahead = direction(state.heading),
                    across = direction((state.heading + headings / 4) % headings) * half_view;
    for (int x = 0; x < width; ++x) {
        Column column{.half_height = height / 2};
        for (int i = 0; i < rays; ++i) {
            const float place = (2 * float(x * rays + i) + 1) / float(width * rays) - 1;  // -1 left, 1 right
            column.paint_wall(cast(map, from, ahead + across * place), float(height) / (2 * half_view));
        }
        glm::vec4 sum = column.ends[std::size_t(height / 2)];
        for (int y = height / 2 - 1; y >= 0; --y) {
            const glm::vec4 seen = (sum + column.parts[std::size_t(y)]) / float(rays);
            sum += column.ends[std::size_t(y)];
            const glm::vec3 upper = glm::vec3(seen) + sky * (1 - seen.w) + 0.5f,
                            lower = glm::vec3(seen) + ground * (1 - seen.w) + 0.5f;
            std::uint8_t *above = frame.at(x, height / 2 - 1 - y), *below = frame.at(x, height / 2 + y);
            for (int c = 0; c < 3; ++c)
                above[c] = static_cast<std::uint8_t>(upper[c]), below[c] = static_cast<std::uint8_t>(lower[c]);
        }
    }
}

void Maze::render(Frame& frame) const { draw(state_, size, size, 3, frame); }

// Floors in a pale shade of their region's colour; the walls' faces as strips along their blocks, with the emblems on them.
Frame Maze::map() const {
    constexpr int strip = 4;  // pixels
    constexpr glm::vec3 stone{62, 56, 74}, paper{246, 242, 234};
    const M& maze = M::maze();
    Frame frame(M::size, M::size);
    auto box = [&](glm::ivec2 from, glm::ivec2 to, const glm::vec3& colour) {
        const glm::ivec2 low = glm::min(from, to), high = glm::max(from, to);
        for (int y = low.y; y <= high.y; ++y)
            for (int x = low.x; x <= high.x; ++x)
                for (int c = 0; c < 3; ++c) frame.at(x, y)[c] = static_cast<std::uint8_t>(colour[c]);
    };
    for (int y = 0; y < M::cells; ++y)
        for (int x = 0; x < M::cells; ++x) {
            const glm::ivec2 cell{x, y}, first = cell * M::cell, last = first + M::cell - 1;
            box(first, last, maze.wall(cell) ? stone : glm::mix(paper, M::colour(maze.at(cell)), 0.28f));
            for (int side = 0; side < 4; ++side) {
                const glm::ivec2 out = M::sides[std::size_t(side)], before = cell + out;
                if (!maze.wall(cell) || !M::inside(before) || maze.wall(before)) continue;
                const M::Face& face = maze.face(cell, side);
                // The two ends of the face, and from there inwards.
                const glm::ivec2 begin{out.x > 0 ? last.x : first.x, out.y > 0 ? last.y : first.y},
                    end{out.x < 0 ? first.x : last.x, out.y < 0 ? first.y : last.y};
                const glm::ivec2 run = glm::abs(glm::ivec2(out.y, out.x));
                box(begin, end - out * (strip - 1), face.wall);
                box(begin + run * 5, end - run * 5 - out * (strip - 2), face.emblem);
            }
        }
    return frame;
}

}  // namespace drift
