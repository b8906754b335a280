// Recordings as media writes and reads them; a build without media has the same calls, and each says so.
#pragma once

#include <filesystem>
#include <memory>

#include "session/log/recorder.h"
#include "session/log/session_log.h"

namespace drift {

std::unique_ptr<TrackSource> read_recording(const std::filesystem::path& master);
// A session's log, that of a recording beside it, or the one that an MP4 carries. Throws Error.
SessionLog read_session(const std::filesystem::path& file);
// Opens recordings to be written; empty in a build without media.
OpenTracks recordings();

}  // namespace drift
