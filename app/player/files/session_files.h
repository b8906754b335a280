// Every play is logged, and the last ten logs are kept: who wishes to have recorded something has. Recordings stay until their owner deletes them.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "session/log/log_writer.h"

namespace drift {

// ~/.local/share/driftscope/sessions by the XDG rules; empty where there is no such place.
std::filesystem::path sessions_folder();
// Where recordings are looked for: where they go, where they usually go, and the folder above that, where they once went; each once.
std::vector<std::filesystem::path> recording_folders();

// A log in `folder` named by date, time and world. Throws Error where none can be made.
std::unique_ptr<LogWriter> new_session(const std::filesystem::path& folder, const WorldInfo& world);

// Of the logs that are named so the newest ten stay, and all that were given another name; those in which nothing was played go. One that is
// being written, by any player, is not touched. For the end of a player: what is looked at until then stays.
void tidy_sessions(const std::filesystem::path& folder);

// "2026-03-01 20.15.00 bricks": now, and what is named; safe as a file's name.
std::string dated(const std::string& name);
// A file that is not there yet: the name and the ending, with a number between them where it must be.
std::filesystem::path unused(const std::filesystem::path& folder, const std::string& name, const std::string& ending,
                             const char* before_number = " ");

// What can be watched: logs of plays and of recordings, newest first.
struct SessionEntry {
    std::filesystem::path file;  // the log
    std::string name;
    bool recorded = false;  // its frames are stored beside it
};
std::vector<SessionEntry> list_sessions(std::size_t most);

}  // namespace drift
