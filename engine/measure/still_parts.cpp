#include "measure/still_parts.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace drift {
namespace {

// By byte of all pixels that stand still in that run: does it?
std::vector<bool> still_bytes(const std::vector<Frame>& truth) {
    const Frame& first = truth.front();
    std::vector<bool> still(first.rgb.size(), true);
    for (const Frame& frame : truth)
        for (std::size_t pixel = 0; pixel + 2 < still.size(); pixel += 3)
            if (!std::equal(&frame.rgb[pixel], &frame.rgb[pixel] + 3, &first.rgb[pixel]))
                still[pixel] = still[pixel + 1] = still[pixel + 2] = false;
    return still;
}

}  // namespace

std::optional<StillParts> still_parts(std::span<const std::vector<Frame>> dreamed,
                                      std::span<const std::vector<Frame>> truth) {
    double first = 0, last = 0, bytes = 0, all = 0, before = 0, both = 0, after = 0, pairs = 0;
    for (std::size_t run = 0; run < std::min(dreamed.size(), truth.size()); ++run) {
        const auto &frames = dreamed[run], &real = truth[run];
        const std::size_t end = std::min(frames.size(), real.size());
        if (end < 3) continue;
        const std::vector<bool> still = still_bytes(real);
        all += static_cast<double>(still.size());
        for (std::size_t k = 0; k < still.size(); ++k) {
            if (!still[k]) continue;
            const int level = real.front().rgb[k];
            auto error = [&](std::size_t at) { return static_cast<double>(frames[at].rgb[k]) - level; };
            ++bytes;
            first += std::abs(error(1)), last += std::abs(error(end - 1));
            for (std::size_t at = 1; at + 1 < end; ++at) {
                const double a = error(at), b = error(at + 1);
                before += a * a, both += a * b, after += b * b, ++pairs;
            }
        }
    }
    if (bytes == 0) return std::nullopt;
    StillParts parts;
    parts.share = bytes / all, parts.off_first = first / bytes, parts.off = last / bytes;
    if (before > 0) {
        parts.kept = both / before;
        parts.added = std::sqrt(std::max(0.0, (after - both * both / before) / pairs));
    } else {
        parts.added = std::sqrt(after / pairs);
    }
    return parts;
}

}  // namespace drift
