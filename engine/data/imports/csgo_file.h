// Recorded play of CSGO (TeaPearce/Counter-Strike_Behavioural_Cloning): an HDF5 file of 1000 frames each.
#pragma once

#include "data/imports/play.h"
#include "formats/hdf5_file.h"

namespace drift {

bool is_csgo_file(const Hdf5File& file);
PlayFacts csgo_facts();
// frame_i_x uint8 [height, width, 3] as blue, green, red; frame_i_y the 51 numbers of that step; frame_i_helperarr kill and death. Frames are
// counted, not sorted by name. Throws Error naming the file. The first reads in a process of its own.
void read_csgo_file(const std::filesystem::path& file, EpisodeSink& sink);
void read_csgo_file(const Hdf5File& file, const std::filesystem::path& name, EpisodeSink& sink);

}  // namespace drift
