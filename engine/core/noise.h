// Counter-based noise: a pure function of where it is used, so that lanes share it, replay is exact and rewind can branch.
#pragma once

#include <array>
#include <cstdint>
#include <span>

namespace drift {

// Philox 4x32-10 of Salmon et al., "Parallel random numbers: as easy as 1, 2, 3" (SC 2011): ten rounds, 128 random bits.
std::array<std::uint32_t, 4> philox(std::array<std::uint32_t, 4> counter, std::array<std::uint32_t, 2> key);

// What the draws of one step are for; draws of different use never overlap.
enum class Draw : std::uint32_t {
    initial = 0,
    churn = 0x10000,
    context = 0x20000,
    data = 0x30000,
    outcome = 0x40000,
    policy = 0x50000,
    guidance = 0x60000
};

// Names one stream of noise. `draw` = use + index (the denoising step).
struct NoiseKey {
    std::uint64_t seed = 0;
    std::uint64_t step = 0;
    std::uint32_t lane = 0;
};

// Fills `values` with standard normals: value i depends on (key, draw, i) only. Box-Muller on Philox words.
// The counter is (i / 4, draw, lane, step); the key is the seed. `first`: i of the first one, a multiple of 4, so that threads can share them out.
void noise(const NoiseKey& key, std::uint32_t draw, std::span<float> values, std::size_t first = 0);

// An index, drawn with these probabilities (they need not sum to 1 exactly): word `i` of the stream decides.
int draw_from(std::span<const float> probabilities, const NoiseKey& key, std::uint32_t draw, std::uint32_t i = 0);

// 32 random bits, for drawing indices: word i of the stream.
std::uint32_t random_bits(const NoiseKey& key, std::uint32_t draw, std::uint32_t i);

constexpr std::uint32_t draw_index(Draw use, int i = 0) {
    return static_cast<std::uint32_t>(use) + static_cast<std::uint32_t>(i);
}

}  // namespace drift
