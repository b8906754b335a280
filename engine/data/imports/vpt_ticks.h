// The actions of a VPT recording (openai/Video-Pre-Training, README.md, run_inverse_dynamics_model.py): a line of JSON for each tick of 50 ms.
#pragma once

#include <string_view>

#include "data/imports/play.h"

namespace drift {

// Does it begin with a tick?
bool begins_with_tick(std::string_view first_line);

PlayFacts vpt_facts();
// A step for each line. Keys and mouse buttons under the recorder's names; hotbar.1 to 9 where another slot was chosen, by key or by wheel; attack
// that was stuck from the first tick is not held. The mouse in the recorder's unit of 0.15 degrees, also while it moves a cursor: the column gui
// says so. Throws Error naming the file and the line.
std::vector<ImportedStep> read_ticks(std::string_view text, const std::filesystem::path& file);
// With the video: line i goes with its frame i, and what is left of either is dropped.
void read_vpt_recording(const FoundEpisode& episode, EpisodeSink& sink);

}  // namespace drift
