// The files of a session: its log, and the recording beside it where there is one.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>

#include "core/tracks.h"

namespace drift {

struct SessionFiles {
    std::filesystem::path log;
    std::filesystem::path recording;  // empty: there is none
};
// Of a log or of a recording. Throws Error where a recording has no log beside it.
SessionFiles session_files(const std::filesystem::path& given);

// Opens the recorded frames, for a Watch; empty where there are none.
std::function<std::unique_ptr<TrackSource>()> stored_frames(const SessionFiles& files);

}  // namespace drift
