// A stretch of a session as it is exported: walked through once, then every step of it can be had in any order.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <stop_token>
#include <vector>

#include "core/shot.h"
#include "session/timeline.h"
#include "session/watch.h"

namespace drift {

struct ReelPlan {
    std::uint64_t from = 0;  // steps of the session, counted from 0; the last one too
    std::uint64_t to = std::numeric_limits<std::uint64_t>::max();
    std::vector<int> lanes;  // numbers; empty: all that are there
    bool truth = true;       // beside them, where there is one
};

class Reel {
public:
    // Dreams, or reads, every step up to the last one asked for; `play` must be empty. nullopt where a stop was asked.
    // Throws Error where the session has no such steps or lanes, and as Watch does. `progress`: 0 to 1.
    static std::optional<Reel> walk(Watch& watch, Play& play, const WorldInfo& world, const ReelPlan& plan,
                                    const std::function<void(double)>& progress, std::stop_token stop = {});

    const ShotList& list() const { return list_; }
    // "without the real game from frame 12 on: why", where it was wanted and failed; else empty.
    const std::string& without_truth() const { return without_truth_; }
    Shot shot(std::size_t index) const;

private:
    Step step(std::size_t index) const;
    void put(const Step& step);
    void set_columns(const ReelPlan& plan);
    void measure();
    Shot shot_of(const Step& step) const;

    ShotList list_;
    SamplerSettings defaults_;
    std::vector<int> buttons_;  // of each key
    MomentChain steps_;         // without what only playing on needs
    std::string without_truth_;
};

}  // namespace drift
