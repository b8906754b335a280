// Long dreams beside the truth they should follow, as training data: contexts as the network itself leaves them after hundreds of steps,
// with the true frame as what to learn. So it learns to mend its own drift (the idea of DAgger, Ross et al., AISTATS 2011).
#pragma once

#include <string>

#include "core/sampler_settings.h"
#include "model/denoiser.h"
#include "train/rollout.h"

namespace drift {

class DreamPool {
public:
    // `dreams` of them, at ages spread over an episode's length, each on a true context yet.
    DreamPool(const RolloutSource& source, std::uint64_t seed, int dreams, int context_frames);

    // Each dream imagines its next frame. One that has lost its truth (an object that the game's probe finds elsewhere, or not, for a
    // while) or has reached its episode's end begins anew from true frames. Noise comes from LibTorch's default generator.
    void advance(const Denoiser& denoiser, const SamplerSettings& settings, at::Device device);

    // Segments of `n` different dreams, as draw_batch makes them; `Batch::seen` is what they dreamed. A function of (dreams, seed, step).
    Batch draw(std::uint64_t seed, std::uint64_t step, int n, int k);

    double mean_age() const;  // frames since a dream was last on a true context

    // For checkpoints: the frames as U8 [dreams, T, 3, H, W], and a text; episodes are made again from their seeds.
    at::Tensor frames() const { return frames_; }
    std::string state() const;
    void restore(const at::Tensor& frames, const std::string& state);  // throws Error where they are not of this pool

private:
    struct Dream {
        std::uint64_t episode = 0;  // its number: with the pool's seed and the dream's index, what it is made from
        int at = 0;                 // the newest context frame's place in the episode
        int age = 0, lost = 0;      // frames dreamed; of these the last on end that missed an object
        Rollouts rollouts;          // one episode
    };
    void begin(std::size_t dream, std::uint64_t episode, int at);
    void make_episode(std::size_t dream);
    void true_frame(const Dream& dream, int place, std::uint8_t* into);  // [3, H, W]

    RolloutSource source_;
    std::uint64_t seed_;
    int context_frames_;
    std::unique_ptr<Game> game_;
    std::vector<Dream> dreams_;
    at::Tensor frames_;
};

}  // namespace drift
