// Two remembered settings, A and B: one plays, the other waits.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/sampler_settings.h"

namespace drift {

struct AB {
    bool b_plays = false;                  // the settings that play are B's
    std::optional<SamplerSettings> other;  // those that wait; nullopt: that side was never used

    char playing() const { return b_plays ? 'B' : 'A'; }
    bool operator==(const AB&) const = default;
    char waiting() const { return b_plays ? 'A' : 'B'; }
};

// What a flip would play. A side that was never used begins as something worth seeing against the other: the world's defaults, or where
// these play, EDM's start.
SamplerSettings waiting_settings(const AB& ab, const SamplerSettings& now, const SamplerSettings& defaults);

// The settings that play after the flip; `now` waits.
SamplerSettings flip(AB& ab, const SamplerSettings& now, const SamplerSettings& defaults);

// Where the two differ, a line each: "Steps: A 3, B 10". Empty: nowhere.
std::vector<std::string> differences(const AB& ab, const SamplerSettings& now, const SamplerSettings& defaults);

}  // namespace drift
