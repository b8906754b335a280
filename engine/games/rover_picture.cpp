// Rover as pixels, both ways: the state drawn, and the place on the map found again from any picture.
#include <algorithm>
#include <array>
#include <limits>
#include <memory>
#include <string_view>

#include "games/rover.h"
#include "games/rover_map.h"

namespace drift {
namespace {

using R = Rover;
using M = RoverMap;
using Colour = std::array<std::uint8_t, 3>;

// ---- The sprite

// Heading up: k wheels, y body, l lamps, g glass, o the rear; a dot shows the ground.
constexpr std::array<std::string_view, R::body> sprite{".lyyyyl.", "kyyyyyyk", "kyggggyk", ".yggggy.",
                                                       ".yyyyyy.", "kyooooyk", "kyooooyk", ".oooooo."};

const Colour* sprite_colour(int heading, int x, int y) {
    static constexpr Colour wheels{48, 40, 56}, body{255, 212, 40}, lamps{255, 255, 232}, glass{72, 88, 136},
        rear{224, 128, 32};
    constexpr int last = R::body - 1;
    if (heading == R::down) y = last - y;
    if (heading == R::right) std::swap(x, y), y = last - y;
    if (heading == R::left) std::swap(x, y);
    switch (sprite[static_cast<std::size_t>(y)][static_cast<std::size_t>(x)]) {
        case 'k': return &wheels;
        case 'y': return &body;
        case 'l': return &lamps;
        case 'g': return &glass;
        case 'o': return &rear;
        default: return nullptr;
    }
}

// ---- The search: the picture's means over large blocks against those of the map at every place, then the nearest few by their pixels.

constexpr int places = (M::size - R::size) / R::speed + 1;  // along each side
constexpr int block = 16, blocks = R::size / block;
constexpr int means = (M::size - block) / R::speed + 1;
constexpr int lanes = 176;  // `places` and more, a multiple of what a vector register holds
constexpr int row = means - places + lanes;

// The four blocks in the middle show the rover.
constexpr bool shows_rover(int i, int j) { return i > 0 && i < blocks - 1 && j > 0 && j < blocks - 1; }

std::uint16_t block_mean(const Frame& frame, int x, int y, int channel) {
    int sum = 0;
    for (int v = y; v < y + block; ++v)
        for (int u = x; u < x + block; ++u) sum += frame.at(u, v)[channel];
    return static_cast<std::uint16_t>(sum / (block * block));
}

struct MapMeans {
    std::array<std::array<std::array<std::uint16_t, row>, means>, 3> at{};  // [channel][y][x]
    std::array<std::array<bool, places>, places> free{};

    MapMeans() {
        const Frame& map = M::island().picture;
        for (int c = 0; c < 3; ++c)
            for (int y = 0; y < means; ++y)
                for (int x = 0; x < means; ++x)
                    at[std::size_t(c)][std::size_t(y)][std::size_t(x)] = block_mean(map, x * R::speed, y * R::speed, c);
        for (int y = 0; y < places; ++y)
            for (int x = 0; x < places; ++x) free[std::size_t(y)][std::size_t(x)] = R::free(x * R::speed, y * R::speed);
    }
};

struct Candidate {
    int x = 0, y = 0;  // pixels
    std::uint32_t distance = std::numeric_limits<std::uint32_t>::max();
};

using Nearest = std::array<Candidate, 24>;  // by distance, nearest first

Nearest nearest_by_means(const Frame& picture) {
    static const auto map = std::make_unique<const MapMeans>();
    std::uint16_t seen[3][blocks][blocks];
    for (int c = 0; c < 3; ++c)
        for (int j = 0; j < blocks; ++j)
            for (int i = 0; i < blocks; ++i) seen[c][j][i] = block_mean(picture, i * block, j * block, c);
    Nearest nearest;
    for (int y = 0; y < places; ++y) {
        std::uint16_t distance[lanes] = {};
        for (int c = 0; c < 3; ++c)
            for (int j = 0; j < blocks; ++j)
                for (int i = 0; i < blocks; ++i) {
                    if (shows_rover(i, j)) continue;
                    const std::uint16_t* at = &map->at[std::size_t(c)][std::size_t(y + j * block / R::speed)]
                                                      [std::size_t(i * block / R::speed)];
                    const std::uint16_t mean = seen[c][j][i];
                    for (int x = 0; x < lanes; ++x) {
                        std::uint16_t high = std::max(at[x], mean), low = std::min(at[x], mean);
                        distance[x] = static_cast<std::uint16_t>(distance[x] + (high - low));
                    }
                }
        for (int x = 0; x < places; ++x) {
            if (distance[x] >= nearest.back().distance || !map->free[std::size_t(y)][std::size_t(x)]) continue;
            Candidate candidate{x * R::speed, y * R::speed, distance[x]};
            auto at = std::upper_bound(nearest.begin(), nearest.end(), candidate,
                                       [](auto& a, auto& b) { return a.distance < b.distance; });
            std::move_backward(at, nearest.end() - 1, nearest.end());
            *at = candidate;
        }
    }
    return nearest;
}

std::uint32_t squared(const std::uint8_t* a, const std::uint8_t* b, int count) {
    std::uint32_t sum = 0;
    for (int i = 0; i < count; ++i) {
        int difference = a[i] - b[i];
        sum += static_cast<std::uint32_t>(difference * difference);
    }
    return sum;
}

// Over all pixels but the rover's.
std::uint32_t ground_distance(const Frame& picture, const Candidate& place) {
    constexpr int end = R::body_left + R::body;
    const Frame& map = M::island().picture;
    std::uint32_t sum = 0;
    for (int y = 0; y < R::size; ++y) {
        const std::uint8_t *seen = picture.at(0, y), *real = map.at(place.x, place.y + y);
        bool rover = y >= R::body_left && y < end;
        if (!rover) sum += squared(seen, real, R::size * 3);
        else
            sum += squared(seen, real, R::body_left * 3) + squared(seen + end * 3, real + end * 3, (R::size - end) * 3);
    }
    return sum;
}

int find_heading(const Frame& picture) {
    std::array<std::uint32_t, 4> distance{};
    for (int heading = 0; heading < 4; ++heading)
        for (int y = 0; y < R::body; ++y)
            for (int x = 0; x < R::body; ++x)
                if (const Colour* colour = sprite_colour(heading, x, y))
                    distance[std::size_t(heading)] +=
                        squared(picture.at(R::body_left + x, R::body_left + y), colour->data(), 3);
    return static_cast<int>(std::min_element(distance.begin(), distance.end()) - distance.begin());
}

}  // namespace

void Rover::render(Frame& frame) const {
    if (frame.width != size || frame.height != size) frame = Frame(size, size);
    const Frame& map = M::island().picture;
    for (int y = 0; y < size; ++y) std::copy_n(map.at(state_.x, state_.y + y), size * 3, frame.at(0, y));
    for (int y = 0; y < body; ++y)
        for (int x = 0; x < body; ++x)
            if (const Colour* colour = sprite_colour(state_.heading, x, y))
                std::copy(colour->begin(), colour->end(), frame.at(body_left + x, body_left + y));
}

Probe Rover::probe(const Frame& picture) const {
    constexpr double least_likeness = 14;
    constexpr int apart = 8;  // pixels: nearer than this it is the same place
    Nearest nearest = nearest_by_means(picture);
    for (Candidate& candidate : nearest) candidate.distance = ground_distance(picture, candidate);
    const Candidate best =
        *std::min_element(nearest.begin(), nearest.end(), [](auto& a, auto& b) { return a.distance < b.distance; });
    // Another place that is as near to a twentieth: mush, that is like many.
    bool clear = std::none_of(nearest.begin(), nearest.end(), [&](const Candidate& other) {
        return std::max(std::abs(other.x - best.x), std::abs(other.y - best.y)) >= apart &&
               other.distance < best.distance + best.distance / 20;
    });
    Rover read;
    read.set_state({best.x, best.y, find_heading(picture), false});
    Frame legal;
    read.render(legal);
    Probe found{{std::nullopt}, {}, psnr(picture, legal)};
    if (clear && found.likeness >= least_likeness) found.objects[0] = Point{float(best.x), float(best.y)};
    return found;
}

}  // namespace drift
