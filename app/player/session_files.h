// Every play is logged, and the last ten logs are kept: who wishes to have recorded something has.
#pragma once

#include <filesystem>
#include <memory>

#include "session/log_writer.h"

namespace drift {

// ~/.local/share/driftscope/sessions by the XDG rules; empty where there is no such place.
std::filesystem::path sessions_folder();

// A log in `folder` named by date, time and world; of those that are there the newest nine stay. Throws Error where none can be made.
std::unique_ptr<LogWriter> new_session(const std::filesystem::path& folder, const WorldInfo& world);

}  // namespace drift
