#include "games/libretro/picture.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

namespace drift::libretro {
namespace {

// 5 or 6 bits spread over 8, so that the brightest is 255.
std::uint8_t widened(unsigned value, unsigned most) {
    return static_cast<std::uint8_t>((value * 255 + most / 2) / most);
}

std::array<std::uint8_t, 3> colour(const std::uint8_t* from, PixelFormat format) {
    if (format == PixelFormat::xrgb8888) return {from[2], from[1], from[0]};
    std::uint16_t pixel;
    std::memcpy(&pixel, from, sizeof pixel);
    if (format == PixelFormat::rgb565)
        return {widened(pixel >> 11, 31), widened(pixel >> 5 & 63, 63), widened(pixel & 31, 31)};
    return {widened(pixel >> 10 & 31, 31), widened(pixel >> 5 & 31, 31), widened(pixel & 31, 31)};
}

// Of each cell along one side: its first source pixel and the shares of it and those that follow.
struct Cell {
    int first = 0;
    std::vector<float> shares;
};
std::vector<Cell> cells(int source, int target) {
    std::vector<Cell> all;
    const double scale = static_cast<double>(source) / target;
    for (int i = 0; i < target; ++i) {
        const double begin = i * scale, end = std::min<double>(source, (i + 1) * scale);
        Cell cell{static_cast<int>(begin), {}};
        for (int s = cell.first; s < std::min(source, static_cast<int>(std::ceil(end))); ++s)
            cell.shares.push_back(
                static_cast<float>((std::min<double>(end, s + 1) - std::max<double>(begin, s)) / (end - begin)));
        all.push_back(std::move(cell));
    }
    return all;
}

}  // namespace

void Picture::take(const void* data, int width, int height, std::size_t pitch, PixelFormat format) {
    width_ = width, height_ = height;
    rgb_.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3);
    const std::size_t bytes = format == PixelFormat::xrgb8888 ? 4 : 2;
    auto* into = rgb_.data();
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x, into += 3) {
            const auto pixel = colour(static_cast<const std::uint8_t*>(data) + static_cast<std::size_t>(y) * pitch +
                                          static_cast<std::size_t>(x) * bytes,
                                      format);
            std::copy(pixel.begin(), pixel.end(), into);
        }
}

std::vector<std::uint8_t> Picture::shown(const Crop& crop, int width, int height) const {
    const int left = std::clamp(crop.left, 0, width_ - 1), top = std::clamp(crop.top, 0, height_ - 1);
    const int wide = std::clamp(width_ - left - crop.right, 1, width_ - left),
              tall = std::clamp(height_ - top - crop.bottom, 1, height_ - top);
    const auto columns = cells(wide, width), rows = cells(tall, height);
    std::vector<std::uint8_t> shown;
    shown.reserve(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3);
    for (const Cell& row : rows)
        for (const Cell& column : columns) {
            std::array<float, 3> sum{};
            for (std::size_t j = 0; j < row.shares.size(); ++j)
                for (std::size_t i = 0; i < column.shares.size(); ++i) {
                    const auto* pixel =
                        rgb_.data() + (static_cast<std::size_t>(top + row.first + static_cast<int>(j)) *
                                           static_cast<std::size_t>(width_) +
                                       static_cast<std::size_t>(left + column.first + static_cast<int>(i))) *
                                          3;
                    for (std::size_t c = 0; c < 3; ++c) sum[c] += row.shares[j] * column.shares[i] * pixel[c];
                }
            for (float value : sum)
                shown.push_back(static_cast<std::uint8_t>(std::clamp(std::lround(value), 0L, 255L)));
        }
    return shown;
}

}  // namespace drift::libretro
