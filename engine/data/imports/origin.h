// Where an imported episode came from, kept beside it, so that an import which goes on tells it from other play of the same name.
#pragma once

#include <filesystem>

#include "data/imports/play.h"

namespace drift {

inline constexpr const char* origin_name = ".source";  // hidden: no one takes it for a picture

// The text that says it: what tells the file from others, and its path. Empty where it is of no file, as what is captured. Throws Error where the
// file cannot be read.
std::string origin_of(const FoundEpisode& episode);
// Throws Error where the folder says that it holds another one; one that says nothing holds this.
void expect_origin(const std::filesystem::path& folder, const FoundEpisode& episode);

}  // namespace drift
