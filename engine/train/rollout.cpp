#include "train/rollout.h"

#include <torch/torch.h>

#include <algorithm>

#include "core/noise.h"

namespace drift {

Rollouts roll_out(const RolloutSource& source, std::uint64_t seed, std::uint64_t part, int episodes, int length) {
    auto game = source.make_game();
    Rollouts all;
    for (int e = 0; e < episodes; ++e) {
        NoiseKey key{seed, part, static_cast<std::uint32_t>(e)};
        std::uint64_t episode_seed = random_bits(key, draw_index(Draw::data, 3), 0) % first_held_out_seed;
        std::uint64_t policy_seed = random_bits(key, draw_index(Draw::data, 3), 1);
        auto act = source.make_policy(policy_seed);
        game->reset(episode_seed);
        Rollouts::Episode episode;
        episode.states.push_back(game->save());
        for (int i = 0; i < length; ++i) {
            int action = act(*game);
            game->step(action);
            episode.actions.push_back(static_cast<std::uint8_t>(action));
            episode.states.push_back(game->save());
            if (game->rare_event()) all.rare.push_back({e, i + 1});
        }
        all.episodes.push_back(std::move(episode));
    }
    return all;
}

Batch draw_batch(const Rollouts& rollouts, Game& game, std::uint64_t seed, std::uint64_t step, int batch, int context_frames, int k, double rare_share) {
    const int frames = context_frames + 1 + k;
    const int width = game.info().width, height = game.info().height;
    auto interleaved = at::empty({batch, frames, height, width, 3}, at::kByte);
    auto actions = at::empty({batch, frames - 1}, at::kLong);
    std::uint8_t* pixels = interleaved.data_ptr<std::uint8_t>();
    Frame picture;
    for (int b = 0; b < batch; ++b) {
        NoiseKey key{seed, step, static_cast<std::uint32_t>(b)};
        auto draw = [&](std::uint32_t i, std::size_t below) { return static_cast<int>(random_bits(key, draw_index(Draw::data, 4), i) % below); };
        int e = draw(0, rollouts.episodes.size());
        int start = 0;
        bool rare = !rollouts.rare.empty() && b < static_cast<int>(rare_share * batch);
        if (rare) {
            const auto& place = rollouts.rare[static_cast<std::size_t>(draw(1, rollouts.rare.size()))];
            e = place.episode;
            start = place.frame - context_frames - (draw(2, static_cast<std::size_t>(k + 3)) - 2);
        }
        const auto& episode = rollouts.episodes[static_cast<std::size_t>(e)];
        int last_start = static_cast<int>(episode.states.size()) - frames;
        start = rare ? std::clamp(start, 0, last_start) : draw(3, static_cast<std::size_t>(last_start + 1));
        for (int i = 0; i < frames; ++i) {
            game.load(episode.states[static_cast<std::size_t>(start + i)]);
            game.render(picture);
            pixels = std::copy(picture.rgb.begin(), picture.rgb.end(), pixels);
            if (i + 1 < frames) actions[b][i] = episode.actions[static_cast<std::size_t>(start + i)];
        }
    }
    auto planar = interleaved.permute({0, 1, 4, 2, 3}).contiguous();
    return {planar, actions, planar.slice(1, 0, context_frames)};
}

}  // namespace drift
