#include "lab/session_files.h"

#include "core/error.h"
#include "media/master.h"
#include "session/recorder.h"

namespace drift {

namespace fs = std::filesystem;

SessionFiles session_files(const fs::path& given) {
    std::error_code error;
    if (given.extension() != ".mkv") {
        fs::path recording = given;
        recording.replace_extension(".mkv");
        return {given, fs::is_regular_file(recording, error) ? recording : fs::path()};
    }
    SessionFiles files{log_beside(given), given};
    if (!fs::exists(given, error)) throw Error(given, "expected a recording, found nothing");
    if (!fs::exists(files.log, error)) throw Error(given, "expected its log " + printable(files.log.filename().string()) + " beside it, found none");
    return files;
}

std::function<std::unique_ptr<TrackSource>()> stored_frames(const SessionFiles& files) {
    if (files.recording.empty()) return {};
    return [recording = files.recording] { return read_master(recording); };
}

}  // namespace drift
