// Recordings as media writes and reads them; a build without media has the same calls, and each says so.
#pragma once

#include <filesystem>
#include <memory>

#include "session/log/recorder.h"

namespace drift {

std::unique_ptr<TrackSource> read_recording(const std::filesystem::path& master);
// Opens recordings to be written; empty in a build without media.
OpenTracks recordings();

}  // namespace drift
