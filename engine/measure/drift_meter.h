// Measures a dream's frames as they come: against the truth where there is one, against the opening always.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "core/drift.h"
#include "core/game.h"
#include "measure/picture_measures.h"

namespace drift {

// What the opening's frames look like: a dream of any world can be held against that.
struct Look {
    double sharpness = 0, motion = 0;  // means over the frames; of each to the next
    ColourHistogram colours{};         // mean over the frames
};
Look look_at(std::span<const Frame> frames);

// The real side of a step. `game` and `truth` are null where the world has no game.
struct TruthNow {
    const Game* game = nullptr;
    const Frame* frame = nullptr;
    Probe probe;                    // game->probe()
    const Frame* before = nullptr;  // the frame before it, where that is known
};

// What is known of a dream's frame: read once, used for this step and as what was before the next.
struct Sight {
    Frame frame;
    Probe probe;
};
Sight see(const Game* game, const Frame& frame);

// `main` null: this is the main lane. Costs about 0.5 ms for 64x64 pixels, most of it SSIM and the probe.
Drift measure(const Sight& before, ActionCode action, const Sight& now, const TruthNow& truth, const Look& opening,
              const Frame* main);

// What a frame alone shows against the opening: sharpness and colours.
Drift look_of(const Frame& frame, const Look& opening);

// Is this no picture of the world any more? By the game's likeness where it is known, else by sharpness and colours against the opening's.
bool unlike(const Drift& drift);
inline constexpr double collapse_likeness = 20.0;  // dB, see Probe::likeness

// Collapsed: unlike for one second on end; the step it began with. A plain value, part of a saved state.
struct Collapse {
    std::uint64_t unlike_steps = 0;  // on end
    std::optional<std::uint64_t> since;
    void see(const Drift& drift, std::uint64_t step, int rate);
};

}  // namespace drift
