// Episodes of Minari's data sets (Farama-Foundation/Minari, minari/dataset/_storages/hdf5_storage.py), where they hold pictures.
#pragma once

#include <string_view>

#include "data/imports/play.h"
#include "formats/hdf5_file.h"

namespace drift {

// The groups that are episodes, in the order of their numbers; empty where it is no such file.
std::vector<std::string> minari_episodes(const Hdf5File& file);

// What metadata.json says of the actions and of the data set. Throws Error naming the file.
struct MinariNotes {
    std::string title;
    int actions = 0, first_action = 0;  // 0: it does not say
    int buttons = 0;
};
MinariNotes minari_notes(std::string_view json, const std::filesystem::path& file);

// `beside` of the episodes is metadata.json, or empty.
PlayFacts minari_facts(const std::vector<FoundEpisode>& episodes);
// Pictures are the observations, or the only pictures among them: uint8 [frames, height, width, 3] (or 1, or in grey, or colours first), or JPEG
// streams. The last observation has no action. Throws Error naming the file. The first reads in a process of its own.
void read_minari_episode(const FoundEpisode& episode, EpisodeSink& sink);
void read_minari_episode(const Hdf5File& file, const std::filesystem::path& name, const std::string& group,
                         const MinariNotes& notes, EpisodeSink& sink);

}  // namespace drift
