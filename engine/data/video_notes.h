// What a video's times say, where its frames are taken as steps.
#pragma once

#include <string>
#include <vector>

#include "data/pictures.h"

namespace drift {

// Sentences without the file's name: frames that are unevenly spaced, or of another rate than `rate` (0: not known); pieces that are damaged.
std::vector<std::string> notes_on(const VideoFacts& facts, int rate);

}  // namespace drift
