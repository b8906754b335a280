// Play in a NumPy archive (.npz, a zip of .npy): frames and actions, or the actions of a video beside it.
#pragma once

#include "data/imports/play.h"
#include "formats/zip_archive.h"

namespace drift {

// Which of its arrays are play. They are known by their type and shape, of several by their names.
struct NpzArrays {
    std::string frames;   // uint8 [frames, height, width, 3] or [frames, 3, height, width]; empty where there is none
    std::string actions;  // a whole number for each frame, or one less; or up to 32 zeros and ones: buttons
};
// Throws Error where there is no array of actions, or several arrays could be it. `name` stands in errors.
NpzArrays arrays_of_npz(ZipArchive& archive, const std::filesystem::path& name);

PlayFacts npz_facts(const std::vector<FoundEpisode>& episodes);
// With the frames of the video where there is one. Arrays may be stored or deflated, in C or Fortran order. Throws Error naming the file.
void read_npz_play(const std::filesystem::path& file, const std::filesystem::path& video, EpisodeSink& sink);
void read_npz_play(ZipArchive& archive, const std::filesystem::path& name, const std::filesystem::path& video,
                   EpisodeSink& sink);

}  // namespace drift
