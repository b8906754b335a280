// Other people's recorded play read as it lies, without a data set of ours in between.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/data_set.h"
#include "data/imports/find_play.h"
#include "data/picture_size.h"

namespace drift {

// What all of its episodes share.
PlayFacts facts_of(const FoundPlay& play);
// Throws Error naming the file.
void read_play_episode(const FoundEpisode& episode, const PlayFacts& facts, EpisodeSink& sink);

// All of it in memory, its frames made of that size: at most 4 GB of them, what lies behind is left out. Notes say what was left out, or
// refused. Throws Error where there is nothing to read.
DataSet read_play(const std::filesystem::path& source, PictureSize size, std::vector<std::string>& notes);

// The episodes that a training of DIAMOND's kept beside the world of that file or folder: those it was tested on before those it was trained on. Empty
// where there are none.
std::filesystem::path play_of_run(const std::filesystem::path& world);

}  // namespace drift
