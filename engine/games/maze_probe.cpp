// Where in the maze any picture was taken: made small it is held against small pictures of every second place, then of the places around the nearest
// of them; the nearest of these are compared by all their pixels. Every pose there is is found; it costs about 1 ms.
#include <algorithm>
#include <array>
#include <cstdlib>
#include <glm/common.hpp>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include "games/maze.h"
#include "games/maze_map.h"

namespace drift {
namespace {

using M = MazeMap;

using Small = std::array<std::uint8_t, 8 * 4 * 3>;  // a picture of 8 x 4 pixels
constexpr int small_width = 8, small_height = 4;

Small made_small(const Frame& frame) {
    constexpr int width = Maze::size / small_width, height = Maze::size / small_height;
    std::array<int, sizeof(Small)> sums{};
    for (int y = 0; y < Maze::size; ++y)
        for (int x = 0; x < Maze::size; ++x)
            for (int c = 0; c < 3; ++c)
                sums[std::size_t((y / height * small_width + x / width) * 3 + c)] += frame.at(x, y)[c];
    Small small;
    for (std::size_t i = 0; i < small.size(); ++i) small[i] = static_cast<std::uint8_t>(sums[i] / (width * height));
    return small;
}

std::uint32_t squared(const std::uint8_t* a, const std::uint8_t* b, std::size_t count) {
    int sum = 0;
    for (std::size_t i = 0; i < count; ++i) sum += (a[i] - b[i]) * (a[i] - b[i]);
    return static_cast<std::uint32_t>(sum);
}

// The sum of absolute differences: compilers know an instruction for that.
std::uint32_t unlikeness(const Small& a, const Small& b) {
    int sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) sum += std::abs(a[i] - b[i]);
    return static_cast<std::uint32_t>(sum);
}

struct Pose {
    glm::ivec2 at{};
    int heading = 0;
    bool operator==(const Pose&) const = default;
};

Maze::State state_at(const Pose& pose) { return {pose.at, pose.heading, 0, false}; }

// Nearer than half a cell it is the same place.
bool apart(const Pose& a, const Pose& b) {
    const glm::ivec2 off = glm::abs(a.at - b.at);
    return a.heading != b.heading || glm::max(off.x, off.y) >= M::cell / 2;
}

// Small pictures of all the poses there are: 10 MB, drawn in 0.2 s when the first picture is read.
struct Table {
    std::vector<Pose> poses;
    std::vector<Small> small;         // of each pose
    std::vector<std::size_t> coarse;  // the poses whose place is even; every other has one of them beside it
    std::array<std::array<std::size_t, M::size>, M::size> first{};  // [y][x] where a place's headings begin

    Table() {
        Frame frame;
        for (int y = 0; y < M::size; ++y)
            for (int x = 0; x < M::size; ++x) {
                if (!M::maze().free({x, y})) continue;
                first[std::size_t(y)][std::size_t(x)] = poses.size();
                for (int heading = 0; heading < Maze::headings; ++heading) {
                    if ((x + y) % 2 == 0) coarse.push_back(poses.size());
                    poses.push_back({{x, y}, heading});
                    Maze::draw(state_at(poses.back()), small_width, small_height, 4, frame);
                    std::copy(frame.rgb.begin(), frame.rgb.end(), small.emplace_back().begin());
                }
            }
    }
    std::size_t index(const Pose& pose) const {
        return first[std::size_t(pose.at.y)][std::size_t(pose.at.x)] + std::size_t(pose.heading);
    }
};

struct Candidate {
    Pose pose;
    std::uint32_t distance = std::numeric_limits<std::uint32_t>::max();
};

bool nearer(const Candidate& a, const Candidate& b) { return a.distance < b.distance; }

template <class Visit>
void each_neighbour(const Pose& pose, Visit visit) {
    for (int y = -1; y <= 1; ++y)
        for (int x = -1; x <= 1; ++x)
            if (M::maze().free(pose.at + glm::ivec2(x, y))) visit(Pose{pose.at + glm::ivec2(x, y), pose.heading});
}

struct Search {
    const Frame& picture;
    Frame real;

    std::uint32_t distance(const Pose& pose) {
        Maze::draw(state_at(pose), Maze::size, Maze::size, 3, real);
        return squared(picture.rgb.data(), real.rgb.data(), picture.rgb.size());
    }

    // The nearest pose, and the nearest of those that are apart from it.
    std::pair<Candidate, Candidate> starts() {
        constexpr std::size_t nearest_coarse = 192, nearest_small = 8;
        static const Table table;
        const Small seen = made_small(picture);
        auto measured = [&](std::size_t i) { return Candidate{table.poses[i], unlikeness(seen, table.small[i])}; };
        std::vector<Candidate> coarse, fine;
        coarse.reserve(table.coarse.size());
        for (std::size_t i : table.coarse) coarse.push_back(measured(i));
        std::nth_element(coarse.begin(), coarse.begin() + nearest_coarse, coarse.end(), nearer);
        std::vector<std::size_t> around;
        for (std::size_t i = 0; i < nearest_coarse; ++i)
            each_neighbour(coarse[i].pose, [&](const Pose& pose) { around.push_back(table.index(pose)); });
        std::sort(around.begin(), around.end());
        around.erase(std::unique(around.begin(), around.end()), around.end());
        for (std::size_t i : around) fine.push_back(measured(i));
        const auto few = fine.begin() + nearest_small;
        std::partial_sort(fine.begin(), few, fine.end(), nearer);
        for (auto candidate = fine.begin(); candidate != few; ++candidate)
            candidate->distance = distance(candidate->pose);
        std::sort(fine.begin(), few, nearer);
        auto is_apart = [&](const Candidate& candidate) { return apart(candidate.pose, fine[0].pose); };
        if (auto rival = std::find_if(fine.begin(), few, is_apart); rival != few) return {fine[0], *rival};
        std::sort(few, fine.end(), nearer);
        auto rival = std::find_if(few, fine.end(), is_apart);
        return {fine[0], rival == fine.end() ? fine[0] : Candidate{rival->pose, distance(rival->pose)}};
    }

    // From neighbour to neighbour while that comes nearer.
    Candidate settled(Candidate best) {
        for (Pose middle = best.pose;; middle = best.pose) {
            each_neighbour(middle, [&](const Pose& pose) {
                if (best.distance == 0 || pose == middle) return;
                Candidate candidate{pose, distance(pose)};
                if (nearer(candidate, best)) best = candidate;
            });
            if (best.pose == middle) return best;
        }
    }
};

}  // namespace

Probe Maze::probe(const Frame& picture) const {
    constexpr double least_likeness = 18;  // dB: plain grey is 17.6 dB from a wall of that colour
    Search search{picture, {}};
    auto [best, rival] = search.starts();
    best = search.settled(best);
    bool clear = true;
    if (best.distance > 0) {
        rival = search.settled(rival);
        if (nearer(rival, best)) std::swap(best, rival);
        // Another place that is as near to a twentieth: mush, that is like many.
        clear = !apart(rival.pose, best.pose) || rival.distance >= best.distance + best.distance / 20;
    }
    draw(state_at(best.pose), size, size, 3, search.real);
    Probe found{{std::nullopt}, {}, psnr(picture, search.real)};
    if (clear && found.likeness >= least_likeness) {
        found.objects[0] = Point{float(best.pose.at.x), float(best.pose.at.y)};
        found.heading = float(best.pose.heading) * 360 / headings;
    }
    return found;
}

}  // namespace drift
