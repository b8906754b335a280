// Recorded play of other people in a folder, known by what is in the files and not by their names.
#pragma once

#include "data/imports/play.h"

namespace drift {

struct FoundPlay {
    PlayKind kind = PlayKind::npz;
    std::vector<FoundEpisode> episodes;  // in the order of their names, of which each is there once
    std::vector<std::string> refused;    // sentences on what is play, or looks like it, and cannot be read
    std::size_t videos_alone = 0;        // that have no actions beside them
};

// Of a file, or of a folder and those in it; links to folders are not followed. Throws Error where there is none, or of several kinds.
FoundPlay find_play(const std::filesystem::path& source);

}  // namespace drift
