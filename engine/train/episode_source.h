// Where training data comes from: the seam between the optimiser's loop and games that are rolled out or play that was recorded.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/action.h"
#include "core/frame.h"
#include "core/game.h"

namespace drift {

// Played without a break.
class Episode {
public:
    virtual ~Episode() = default;
    virtual int frames() const = 0;
    virtual ActionCode action(int i) const = 0;  // led from frame i to frame i + 1
    virtual void draw(int i, Frame& into) const = 0;
    // Can this dreamed picture still be taken for frame i?
    virtual bool follows(int i, const Frame& dreamed) const = 0;
    // Where the game's objects stand in frame i, in pixels of the picture; as many in each frame, none where that is not known.
    virtual std::vector<std::optional<Point>> objects(int) const { return {}; }
    // Where each of these comes into sight when it has not been seen for a while, as far as there are such places.
    virtual std::vector<std::vector<Point>> entrances() const { return {}; }
};

// Are the objects of a dreamed picture where the real ones are, within a few pixels (degrees, of the heading), and is none to be seen in one of
// the two alone?
bool follows_truth(const Probe& dreamed, const Probe& real);

// The pictures of an episode where batches are put together: drawn on the host when they are asked for, or, on a device that holds more
// than the host draws, all drawn once.
class EpisodePictures {
public:
    EpisodePictures(std::shared_ptr<const Episode> episode, at::Device device);
    at::Tensor segment(int first, int count) const;  // U8 [count, 3, H, W] on the device
    const Episode& episode() const { return *episode_; }

private:
    std::shared_ptr<const Episode> episode_;
    at::Tensor held_;
};

struct EpisodeSet {
    struct Place {
        int episode, frame;
        int after = 2;  // so many frames after it are worth as much as itself
    };
    std::vector<std::shared_ptr<const Episode>> episodes;  // at least one
    std::map<int, std::vector<Place>> rare;                // frames that a rare event led to, by its kind
};

class EpisodeSource {
public:
    virtual ~EpisodeSource() = default;
    virtual std::string name() const = 0;  // what must be the same where a training is resumed
    virtual int width() const = 0;
    virtual int height() const = 0;
    // So many episodes of at most `length` + 1 frames, none shorter than `shortest`. A pure function of (source, arguments): `part` numbers
    // successive sets. One thread at a time uses what comes of one call. Throws Error where no episode is long enough.
    virtual EpisodeSet draw(std::uint64_t seed, std::uint64_t part, int episodes, int shortest, int length) const = 0;
};

struct Batch {           // frames on the device of their pictures, actions on the host
    at::Tensor frames;   // U8 [B, T + 1 + k, 3, H, W]
    at::Tensor actions;  // I64 [B, T + k]: actions[i] led from frame i to frame i + 1
    at::Tensor seen;     // U8 [B, T, 3, H, W]: the context as the network is shown it; true frames, or dreamed ones
    // Where they were asked for, F32 [B, 2 + k, N, 2] on the host: x and y of the objects in the context's last frame and those to be learned, NaN
    // where one is not seen.
    at::Tensor objects;
};

// What Batch::objects holds: nothing; the objects; or these and, after each, most_entrances places where it may come into sight while it is not
// to be seen, NaN while it is.
enum class Located { nothing, objects, entrances_too };
inline constexpr std::size_t most_entrances = 8;

// [count, N, 2] of these frames, for Batch::objects.
at::Tensor objects_of(const Episode& episode, int first, int count, Located located = Located::objects);

// Segments of T + 1 + k frames, a pure function of (set, seed, step). `rare_share` of them hold a rare event among the learned
// frames or the few before them, each kind of event as often as the others.
// `pictures`: those of the set's episodes, one by one.
Batch draw_batch(const EpisodeSet& set, std::span<const EpisodePictures> pictures, std::uint64_t seed,
                 std::uint64_t step, int batch, int context_frames, int k, double rare_share,
                 Located located = Located::nothing);
std::vector<EpisodePictures> pictures_of(const EpisodeSet& set, at::Device device);

}  // namespace drift
