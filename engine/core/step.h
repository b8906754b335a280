// What one step of a session was: the screen, plots, recorder and files all eat Steps.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/action.h"
#include "core/drift.h"
#include "core/film.h"
#include "core/frame.h"
#include "core/game.h"
#include "core/sampler_settings.h"
#include "core/spread.h"
#include "core/world_model.h"

namespace drift {

// How often what a world says of a step was what the real game gave, since the episode's opening. A lost life is an end here: to the worlds
// that say so it was one.
struct Agreement {
    std::uint32_t steps = 0;
    std::uint32_t rewards = 0, rewards_agreed = 0;  // steps where either gave one; where both did, of the same sign
    std::uint32_t ends = 0, ends_agreed = 0;
    void see(const Outcome& said, const GameOutcome& real);
    bool operator==(const Agreement&) const = default;
};

// One dream of several that run side by side.
struct LaneStep {
    int lane = 0;              // its number in the session
    SamplerSettings settings;  // what made the frame
    Frame frame;
    Probe probe;                             // of the frame; without objects where the world has no game
    Drift drift;                             // all unknown in an opening
    std::optional<std::uint64_t> collapsed;  // the step since which it is no picture of the world any more
    Frame low = {};                          // that the frame was made from, where the world has an upsampler
    std::optional<Outcome> outcome = {};     // where the world says more than a picture
    Agreement agreement = {};
};

struct Step {
    // How it came: by playing on, as an opening, from the past, or from a saved state.
    enum class Kind { played, opened, recalled, loaded };
    Kind kind = Kind::played;
    std::uint64_t position = 0;  // on the line of time that can be rewound; counts all steps of the session's line
    std::uint64_t index = 0;     // since the episode's opening; 0 is the opening itself
    std::uint64_t episode = 0;   // counts openings of this session
    std::uint64_t seed = 0;
    bool own_noise = false;  // each lane has noise of its own; else they share one
    Action action;
    ActionCode network_action = 0;
    std::vector<LaneStep> lanes;  // at least one, in the order they are shown
    std::size_t main = 0;         // which of them is the main one
    Frame truth;                  // empty where the world has no game
    Probe truth_probe;
    std::optional<GameOutcome> truth_outcome = {};  // of the real game's step, where it says so
    // Why the truth is missing though the world has a game: a sentence; empty while all is well.
    std::string truth_lost = {};
    Frame ghost;  // the main lane's frame of the future that was left behind, where there is one at this place
    std::shared_ptr<const Film> film;  // of the lane that was filmed
    Spread spread = {};                // of the lane whose was asked for
    double seconds = 0;                // what imagining all lanes took
    int calls = 0;                     // of the network, for one lane: the most of any
    double truth_seconds = 0;          // what the real game's step took

    const LaneStep& main_lane() const { return lanes[main]; }
};

}  // namespace drift
