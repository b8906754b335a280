// What sets lanes apart, in words: captions of the player and of exports.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "core/sampler_settings.h"

namespace drift {

struct LaneWords {
    int number = 0;
    const SamplerSettings* settings = nullptr;
};

inline std::string lane_name(int number) { return "Lane " + std::to_string(number + 1); }
// "start 5", "3 denoising steps", "not quantised": short, for above a small picture.
std::string setting_words(const SamplerSettings& settings, const SettingField& field);
// What sets a lane apart: "1 denoising step, start 5" where the main lane has others; of the main lane, what others have otherwise. Alone: what
// differs from `defaults`, where they are given.
std::string set_apart(std::span<const LaneWords> lanes, int number, int main, const SamplerSettings* defaults);
// What all lanes have in common and counts: "Euler, 3 denoising steps, Karras, sigma max 5".
std::string in_common(std::span<const LaneWords> lanes);

// "start_scale=5,steps=1" over settings. Throws Error where a name is unknown or a value is none.
SamplerSettings with_pairs(SamplerSettings settings, const std::string& pairs);

}  // namespace drift
