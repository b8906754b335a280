// The island that the rover drives on: made once from hashes of places, in whole numbers, so it is the same on every machine.
#pragma once

#include <array>
#include <cstdint>

#include "core/frame.h"

namespace drift {

struct RoverMap {
    static constexpr int tiles = 48, tile = 8, size = tiles * tile;  // size in pixels
    // A view of 64 pixels around anything that stands on land stays within the map.
    static constexpr int shore = 4;

    enum Tile : std::uint8_t { deep, water, sand, grass, flowers, wood, pines, field, road, bridge, house };

    std::array<std::array<Tile, tiles>, tiles> ground{};  // [y][x]
    std::array<std::array<std::uint8_t, tiles>, tiles>
        look{};  // [y][x] which of a tile's looks: the colour of a roof or a flower
    Frame picture;

    // All of the land can be reached from all of it, from tile to tile by their sides.
    static const RoverMap& island();

    Tile at(int x, int y) const { return ground[static_cast<std::size_t>(y)][static_cast<std::size_t>(x)]; }
    static bool solid(Tile tile) { return tile == deep || tile == water || tile == house; }
    static bool paved(Tile tile) { return tile == road || tile == bridge; }
};

// Draws the tiles, in rover_tiles.cpp.
Frame draw(const RoverMap& map);

// 32 bits that depend on a place and on what they are for.
std::uint32_t place_hash(std::uint32_t use, int x, int y);

}  // namespace drift
