// recordings.h for a build without media.
#include "core/error.h"
#include "lab/recordings.h"
#include "lab/session_room.h"

namespace drift {

std::unique_ptr<TrackSource> read_recording(const std::filesystem::path& master) {
    throw Error(master, "expected the session's log, found its pictures: this driftlab was built without media");
}
SessionLog read_session(const std::filesystem::path& file) { return read_session_log(log_of(file)); }
OpenTracks recordings() { return {}; }

}  // namespace drift
