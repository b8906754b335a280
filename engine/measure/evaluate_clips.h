// How far a dream follows recorded play, where there is no real game to ask.
#pragma once

#include <span>

#include "core/data_set.h"
#include "measure/evaluate.h"

namespace drift {

// Stretches spread evenly over the clips, `options.episodes` at most, each dreamed from its first frames on with the clip's own actions.
// Horizons that every clip is too short for are left out; none may be left. `obeyed` is not a number, and there are no objects to hit.
// Of the options games and policies are not used.
Evaluation evaluate_clips(WorldModel& world, std::span<const Clip> clips, const EvaluationOptions& options);

// A clip dreamed from its first frames on with its own actions: frames number context .. of the clip, as many as it has.
std::vector<Frame> dreamed_along(WorldModel& world, const Clip& clip, const SamplerSettings& settings);

}  // namespace drift
