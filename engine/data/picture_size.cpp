#include "data/picture_size.h"

#include <algorithm>
#include <charconv>

#include "core/error.h"

namespace drift {
namespace {

constexpr int shortest_side = 16, longest_side = 512;

}  // namespace

const std::string size_rule = "even and from " + std::to_string(shortest_side) + " to " + std::to_string(longest_side);

std::string size_text(int width, int height) { return std::to_string(width) + "x" + std::to_string(height); }

bool fits_networks(int width, int height) {
    return std::min(width, height) >= shortest_side && std::max(width, height) <= longest_side && width % 2 == 0 &&
           height % 2 == 0;
}

PictureSize parse_picture_size(const std::string& text) {
    PictureSize size;
    auto x = text.find_first_of("xX");
    auto number = [&](std::size_t begin, std::size_t end, int& value) {
        auto [at, failure] = std::from_chars(text.data() + begin, text.data() + end, value);
        return failure == std::errc() && at == text.data() + end;
    };
    if (x == text.npos || !number(0, x, size.width) || !number(x + 1, text.size(), size.height) ||
        !fits_networks(size.width, size.height))
        throw Error("--size: expected WIDTHxHEIGHT, both " + size_rule + ", as 64x64, found \"" + printable(text) +
                    "\"");
    return size;
}

}  // namespace drift
