// Episodes of DIAMOND's own data sets (eloialonso/diamond, src/data/episode.py): a file of torch.save each.
#pragma once

#include <string_view>

#include "data/imports/play.h"

namespace drift {

// Is the archive an episode? False where it is sound and something else. Throws Error where it is damaged or its pickle is refused.
bool is_diamond_episode(const std::filesystem::path& file);

// Reads the actions of all; what cannot be read is passed over here, and refused when its episode is read.
PlayFacts diamond_facts(const std::vector<FoundEpisode>& episodes);

// obs uint8 [steps, 3, height, width], act [steps], or [steps, 51] as CSGO's, rew, end, trunc [steps]. What the last act led to is
// info.final_observation, where it is there, as floats from -1 to 1. Throws Error naming the file.
void read_diamond_episode(const std::filesystem::path& file, EpisodeSink& sink);
void read_diamond_episode(std::string_view bytes, const std::filesystem::path& name, EpisodeSink& sink);

}  // namespace drift
