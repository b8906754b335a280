// Several dreams side by side: which there are, whose sampler is edited, what sets them apart.
#pragma once

#include <string>

#include "player/view.h"
#include "session/lane_words.h"
#include "session/outbox.h"

namespace drift {

inline constexpr std::size_t most_lanes = 4;

// The lane whose sampler the panel edits. Nothing happens where there is none of that number.
void choose_lane(View& view, int number);
void choose_next_lane(View& view);
// One more, a copy of the chosen one as it is now; it is chosen then. Says so where there are four already.
void add_lane(View& view);
void add_lane(View& view, const SamplerSettings& settings);
// The last one stays.
void remove_lane(View& view, int number);
// Numbers that a step has are taken.
void count_lanes(View& view, const Step& step);
// What is watched now; another session than before begins without what belonged to the one before. False: the one that was watched was left.
bool begin_watch(View& view, const Standing& standing);
// Lanes, settings, noise and main lane as a step has them: after a saved state was loaded.
void take_lanes(View& view, const Step& step);
// While a session is watched: its lanes are what its step says; those that dream beside it stay as they are.
void follow_lanes(View& view, const Step& step);

// Why the sliders do nothing: the chosen lane is part of the session that is watched.
std::string fixed_reason(const View& view);
bool lane_shown(const View& view, const Lane& lane);
// set_apart() of the lanes as the sliders have them now.
std::string lane_label(const View& view, int number);
// The same of the frame that is shown: what made it.
std::string step_label(const View& view, int number);

// What a wipe shows: a lane at the left of its line, and at the right another one, or the truth (-1).
struct Wiped {
    int left = 0, right = -1;
};
Wiped wiped_pictures(const View& view);
// Is a wipe wanted, and are there two pictures for it?
bool wiping(const View& view);

}  // namespace drift
