#include "train/episode_source.h"

#include <torch/torch.h>

#include <algorithm>

#include "core/noise.h"

namespace drift {

Batch draw_batch(const EpisodeSet& set, std::uint64_t seed, std::uint64_t step, int batch, int context_frames, int k, double rare_share) {
    const int frames = context_frames + 1 + k;
    Frame picture;
    set.episodes.front()->draw(0, picture);
    auto interleaved = at::empty({batch, frames, picture.height, picture.width, 3}, at::kByte);
    auto actions = at::empty({batch, frames - 1}, at::kLong);
    std::uint8_t* pixels = interleaved.data_ptr<std::uint8_t>();
    for (int b = 0; b < batch; ++b) {
        NoiseKey key{seed, step, static_cast<std::uint32_t>(b)};
        auto draw = [&](std::uint32_t i, std::size_t below) { return static_cast<int>(random_bits(key, draw_index(Draw::data, 4), i) % below); };
        int e = draw(0, set.episodes.size());
        int start = 0;
        bool rare = !set.rare.empty() && b < static_cast<int>(rare_share * batch);
        if (rare) {
            const auto& place = set.rare[static_cast<std::size_t>(draw(1, set.rare.size()))];
            e = place.episode;
            start = place.frame - context_frames - (draw(2, static_cast<std::size_t>(k + 3)) - 2);
        }
        const Episode& episode = *set.episodes[static_cast<std::size_t>(e)];
        int last_start = episode.frames() - frames;
        start = rare ? std::clamp(start, 0, last_start) : draw(3, static_cast<std::size_t>(last_start + 1));
        for (int i = 0; i < frames; ++i) {
            episode.draw(start + i, picture);
            pixels = std::copy(picture.rgb.begin(), picture.rgb.end(), pixels);
            if (i + 1 < frames) actions[b][i] = episode.action(start + i);
        }
    }
    auto planar = interleaved.permute({0, 1, 4, 2, 3}).contiguous();
    return {planar, actions, planar.slice(1, 0, context_frames)};
}

}  // namespace drift
