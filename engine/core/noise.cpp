#include "core/noise.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace drift {
namespace {

// The counter has 128 bits for (i, draw, lane, step): 32 + 19 used of draw + 32 + 64. A played step stays below 2^32 (9 years at 15 a second), so
// that nothing of it is shared. The high half, which only training's parts have, is mixed into draw from bit 18 on, where Draw::outcome and
// Draw::policy have theirs: these two are for played steps alone.
std::array<std::uint32_t, 4> counter(const NoiseKey& key, std::uint32_t draw, std::uint32_t block) {
    auto high = static_cast<std::uint32_t>(key.step >> 32);
    return {block, draw ^ (high << 18), key.lane, static_cast<std::uint32_t>(key.step)};
}

std::array<std::uint32_t, 2> words(std::uint64_t seed) {
    return {static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)};
}

// Two uniform words to two normals. The first is moved into (0, 1] so that the logarithm is finite.
void box_muller(std::uint32_t a, std::uint32_t b, float out[2]) {
    double u = (a + 1.0) * 0x1p-32;
    double radius = std::sqrt(-2.0 * std::log(u));
    double angle = 2.0 * std::numbers::pi * (b * 0x1p-32);
    out[0] = static_cast<float>(radius * std::cos(angle));
    out[1] = static_cast<float>(radius * std::sin(angle));
}

}  // namespace

std::array<std::uint32_t, 4> philox(std::array<std::uint32_t, 4> c, std::array<std::uint32_t, 2> k) {
    for (int round = 0; round < 10; ++round) {
        std::uint64_t product0 = 0xD2511F53ull * c[0];
        std::uint64_t product1 = 0xCD9E8D57ull * c[2];
        c = {static_cast<std::uint32_t>(product1 >> 32) ^ c[1] ^ k[0], static_cast<std::uint32_t>(product1),
             static_cast<std::uint32_t>(product0 >> 32) ^ c[3] ^ k[1], static_cast<std::uint32_t>(product0)};
        k[0] += 0x9E3779B9u;
        k[1] += 0xBB67AE85u;
    }
    return c;
}

void noise(const NoiseKey& key, std::uint32_t draw, std::span<float> values, std::size_t first) {
    for (std::size_t i = 0; i < values.size(); i += 4) {
        auto bits = philox(counter(key, draw, static_cast<std::uint32_t>((first + i) / 4)), words(key.seed));
        float normal[4];
        box_muller(bits[0], bits[1], normal);
        box_muller(bits[2], bits[3], normal + 2);
        std::copy_n(normal, std::min<std::size_t>(4, values.size() - i),
                    values.begin() + static_cast<std::ptrdiff_t>(i));
    }
}

std::uint32_t random_bits(const NoiseKey& key, std::uint32_t draw, std::uint32_t i) {
    return philox(counter(key, draw, i / 4), words(key.seed))[i % 4];
}

int draw_from(std::span<const float> probabilities, const NoiseKey& key, std::uint32_t draw, std::uint32_t i) {
    double sum = 0;
    for (float p : probabilities) sum += p;
    double at = sum * random_bits(key, draw, i) / 4294967296.0;
    for (std::size_t k = 0; k < probabilities.size(); ++k) {
        at -= probabilities[k];
        if (at < 0) return static_cast<int>(k);
    }
    return static_cast<int>(probabilities.size()) - 1;
}

}  // namespace drift
