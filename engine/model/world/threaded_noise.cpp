#include "model/world/threaded_noise.h"

#include <ATen/Parallel.h>

#include <algorithm>

namespace drift {

void noise_by_threads(const NoiseKey& key, std::uint32_t draw, std::span<float> values) {
    constexpr std::int64_t block = 4, grain = 1024;  // of `block` values each: what is worth a thread
    const auto size = static_cast<std::int64_t>(values.size());
    at::parallel_for(0, (size + block - 1) / block, grain, [&](std::int64_t from, std::int64_t to) {
        const auto first = static_cast<std::size_t>(from * block), last = static_cast<std::size_t>(to * block);
        noise(key, draw, values.subspan(first, std::min(values.size(), last) - first), first);
    });
}

}  // namespace drift
