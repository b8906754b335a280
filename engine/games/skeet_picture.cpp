// Skeet as pixels, both ways: the state drawn, and the state read back from any picture.
#include <algorithm>
#include <array>
#include <cstdlib>
#include <vector>

#include "games/likeness.h"
#include "games/skeet.h"

namespace drift {
namespace {

using S = Skeet;
using Colour = std::array<std::uint8_t, 3>;
struct Place {
    int x, y;
};
using Sprite = std::vector<Place>;  // pixels around a middle

constexpr Colour sky{24, 32, 72}, ground{40, 72, 48}, disc_colour{255, 128, 0}, cross_colour{255, 255, 255},
    shot_colour{255, 255, 64}, ring_colour{0, 224, 160};
constexpr int horizon = 50;

const Sprite& disc_sprite() {
    static const Sprite sprite = [] {
        Sprite all;
        for (int y = -2; y <= 2; ++y)
            for (int x = -2; x <= 2; ++x)
                if (std::abs(x) + std::abs(y) < 4) all.push_back({x, y});
        return all;
    }();
    return sprite;
}
const Sprite& cross_sprite() {
    static const Sprite sprite{{-4, 0}, {-3, 0}, {-2, 0}, {2, 0}, {3, 0}, {4, 0},
                               {0, -4}, {0, -3}, {0, -2}, {0, 2}, {0, 3}, {0, 4}};
    return sprite;
}
const Sprite& shot_sprite() {
    static const Sprite sprite{{-1, -1}, {0, -1}, {1, -1}, {-1, 0}, {0, 0}, {1, 0}, {-1, 1}, {0, 1}, {1, 1}};
    return sprite;
}
// Four corners.
const Sprite& ring_sprite() {
    static const Sprite sprite = [] {
        Sprite all;
        for (int y : {-5, 5})
            for (int x : {-5, 5})
                for (auto [dx, dy] : {Place{0, 0}, {1, 0}, {2, 0}, {0, 1}, {0, 2}})
                    all.push_back({x < 0 ? x + dx : x - dx, y < 0 ? y + dy : y - dy});
        return all;
    }();
    return sprite;
}

const Colour& behind(int y) { return y < horizon ? sky : ground; }

void draw(Frame& frame, const Sprite& sprite, int x, int y, const Colour& colour) {
    for (const Place& p : sprite)
        if (x + p.x >= 0 && x + p.x < S::size && y + p.y >= 0 && y + p.y < S::size)
            std::copy(colour.begin(), colour.end(), frame.at(x + p.x, y + p.y));
}

int distance(const std::uint8_t* pixel, const Colour& colour) {
    int sum = 0;
    for (std::size_t c = 0; c < 3; ++c) sum += std::abs(int(pixel[c]) - int(colour[c]));
    return sum;
}

// Where the cross is: the place whose arms are brightest by their darkest channel, where they are at least half white.
std::optional<Place> find_cross(const Frame& frame) {
    Place best{};
    int most = static_cast<int>(cross_sprite().size()) * 127;
    bool found = false;
    for (int y = S::cross_low; y <= S::cross_high; ++y)
        for (int x = S::cross_low; x <= S::cross_high; ++x) {
            int score = 0;
            for (const Place& p : cross_sprite()) {
                const std::uint8_t* pixel = frame.at(x + p.x, y + p.y);
                score += std::min({pixel[0], pixel[1], pixel[2]});
            }
            if (score > most) best = {x, y}, most = score, found = true;
        }
    return found ? std::optional(best) : std::nullopt;
}

// Is the sprite there, rather than what may lie behind it?
bool shows(const Frame& frame, const Sprite& sprite, Place at, const Colour& colour) {
    int there = 0, not_there = 0;
    for (const Place& p : sprite) {
        const std::uint8_t* pixel = frame.at(at.x + p.x, at.y + p.y);
        there += distance(pixel, colour);
        not_there += std::min(distance(pixel, behind(at.y + p.y)), distance(pixel, disc_colour));
    }
    return there < not_there;
}

// The place where most of what is to be seen of a disc is disc and what is around it is not; `covered`: pixels that something else hides.
std::optional<Place> find_disc(const Frame& frame, const std::vector<bool>& covered) {
    auto gain = [&](int x, int y) {
        const bool hidden =
            x < 0 || y < 0 || x >= S::size || y >= S::size || covered[static_cast<std::size_t>(y * S::size + x)];
        return hidden ? 0 : distance(frame.at(x, y), behind(y)) - distance(frame.at(x, y), disc_colour);
    };
    Place best{};
    int most = 0, needed = 0;
    for (int y = S::disc_low; y <= S::disc_bottom; ++y)
        for (int x = S::disc_low; x <= S::disc_right; ++x) {
            int score = 0, whole = 0;
            for (const Place& p : disc_sprite()) {
                score += gain(x + p.x, y + p.y);
                if (!covered[static_cast<std::size_t>((y + p.y) * S::size + x + p.x)])
                    whole += distance(disc_colour.data(), behind(y + p.y));
            }
            for (int i = -1; i <= 1; ++i)  // what stands beside it
                for (auto [dx, dy] : {Place{-3, i}, {3, i}, {i, -3}, {i, 3}})
                    score -= std::max(0, gain(x + dx, y + dy));
            if (score > most) best = {x, y}, most = score, needed = whole / 2;
        }
    return most > 0 && most >= needed ? std::optional(best) : std::nullopt;
}

}  // namespace

void Skeet::render(Frame& frame) const {
    if (frame.width != size || frame.height != size) frame = Frame(size, size);
    for (int y = 0; y < size; ++y)
        for (int x = 0; x < size; ++x) std::copy(behind(y).begin(), behind(y).end(), frame.at(x, y));
    const State& s = state_;
    draw(frame, disc_sprite(), s.disc_x, s.disc_y, disc_colour);
    if (s.focus) draw(frame, ring_sprite(), s.cross_x, s.cross_y, ring_colour);
    if (s.fire) draw(frame, shot_sprite(), s.cross_x, s.cross_y, shot_colour);
    draw(frame, cross_sprite(), s.cross_x, s.cross_y, cross_colour);
}

Probe Skeet::probe(const Frame& picture) const {
    Probe found{{std::nullopt, std::nullopt, std::nullopt, std::nullopt}, {}, 0};
    State read;
    std::vector<bool> covered(size * size);
    if (auto at = find_cross(picture)) {
        read.cross_x = at->x, read.cross_y = at->y;
        read.fire = shows(picture, shot_sprite(), *at, shot_colour);
        read.focus = shows(picture, ring_sprite(), *at, ring_colour);
        auto cover = [&](const Sprite& sprite) {
            for (const Place& p : sprite) covered[static_cast<std::size_t>((at->y + p.y) * size + at->x + p.x)] = true;
        };
        cover(cross_sprite());
        if (read.fire) cover(shot_sprite());
        if (read.focus) cover(ring_sprite());
        const Point middle{float(at->x), float(at->y)};
        found.objects[cross] = middle;
        if (read.fire) found.objects[shot] = middle;
        if (read.focus) found.objects[ring] = middle;
    }
    if (auto at = find_disc(picture, covered)) {
        read.disc_x = at->x, read.disc_y = at->y;
        found.objects[disc] = Point{float(at->x), float(at->y)};
    }
    found.likeness = likeness_of<Skeet>(picture, read);
    return found;
}

}  // namespace drift
