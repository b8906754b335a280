// Long dreams beside the truth they should follow, as training data: contexts as the network itself leaves them after hundreds of steps,
// with the true frame as what to learn. So it learns to mend its own drift (the idea of DAgger, Ross et al., AISTATS 2011).
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/sampler_settings.h"
#include "model/sampling/denoiser.h"
#include "train/episode_source.h"

namespace drift {

class DreamPool {
public:
    // `dreams` of them, at ages spread over an episode's length, each on a true context yet.
    // One that has not followed its truth for `lost_after` frames on end has lost it. Throws Error where the source has no episode of
    // shortest_episode() frames.
    DreamPool(std::shared_ptr<const EpisodeSource> source, std::uint64_t seed, int dreams, int context_frames,
              int lost_after, at::Device device = at::kCPU);
    static int shortest_episode(int context_frames);

    // Frames U8 [B, T, 3, H, W] and the actions I64 [B, T] after them, on the device -> the next frames, U8 [B, 3, H, W].
    using Imagine = std::function<at::Tensor(const at::Tensor& frames, const at::Tensor& actions)>;
    // Each dream imagines its next frame. One that has lost its truth or has reached the episode's end begins anew from true frames.
    void advance(const Imagine& imagine);

    // Segments of `n` different dreams, as draw_batch makes them; `Batch::seen` is what they dreamed. A function of (dreams, seed, step).
    // `rare_share` of them are of dreams that have a rare event among the k + 1 frames to come, as far as there are such, and each kind of
    // event as often as the others.
    Batch draw(std::uint64_t seed, std::uint64_t step, int n, int k, double rare_share,
               Located located = Located::nothing);

    double mean_age() const;  // frames since a dream was last on a true context

    // For checkpoints: the frames as U8 [dreams, T, 3, H, W], and a text; episodes are made again from their numbers.
    at::Tensor frames() const { return frames_; }
    std::string state() const;
    void restore(const at::Tensor& frames, const std::string& state);  // throws Error where they are not of this pool

private:
    struct Dream {
        std::uint64_t number = 0;  // the episode's: with the pool's seed and the dream's index, what it is made from
        int at = 0;                // the newest context frame's place in the episode
        int age = 0, lost = 0;     // frames dreamed; of these the last on end that did not follow the truth
        std::optional<EpisodePictures> truth;
        std::vector<std::pair<int, int>> rare;  // frames of the episode that a rare event led to, and its kind
        const Episode& episode() const { return truth->episode(); }
    };
    void make_episode(std::size_t dream, std::uint64_t number);
    void stand(std::size_t dream, int at);  // on true frames, the newest at this place
    // Those of `among` that a rare event is to come to within so many frames, by its kind.
    std::map<int, std::vector<std::size_t>> before_events(const std::vector<std::size_t>& among, int frames) const;

    std::shared_ptr<const EpisodeSource> source_;
    std::uint64_t seed_;
    int context_frames_, lost_after_;
    at::Device device_;
    std::vector<Dream> dreams_;
    at::Tensor frames_;  // on the device
};

// What `denoiser` imagines. Noise comes from LibTorch's default generator of the device; nothing waits for it.
at::Tensor next_frames(const Denoiser& denoiser, const SamplerSettings& settings, const at::Tensor& frames,
                       const at::Tensor& actions);

}  // namespace drift
