#include "lab/recordings.h"

#include "core/error.h"
#include "core/names.h"
#include "lab/session_room.h"
#include "media/carried.h"
#include "media/master.h"
#include "session/log/recipe.h"

namespace drift {

std::unique_ptr<TrackSource> read_recording(const std::filesystem::path& master) { return read_master(master); }

SessionLog read_session(const std::filesystem::path& file) {
    if (ending_of(file) != ".mp4") return read_session_log(log_of(file));
    const auto bytes = carried(file);
    if (!bytes) throw Error(file, "expected a video that carries its session, found none in it");
    try {
        const Recipe recipe = recipe_of_bytes(*bytes);
        if (recipe.ending != ".driftlog") throw Error("expected a session, found a moment of one");
        return session_log_of_bytes(recipe.file);
    } catch (const Error& error) {
        throw Error(file, error.what());
    }
}

OpenTracks recordings() { return write_master; }

}  // namespace drift
