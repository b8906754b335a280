#include "lab/recordings.h"

#include "media/master.h"

namespace drift {

std::unique_ptr<TrackSource> read_recording(const std::filesystem::path& master) { return read_master(master); }

OpenTracks recordings() { return write_master; }

}  // namespace drift
