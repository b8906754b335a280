#include "data/imports/video_frames.h"

#include <string>

#include "core/error.h"
#include "core/names.h"
#include "data/pictures.h"

namespace drift {

void read_all_frames(const std::filesystem::path& video, const std::function<void(Frame)>& each) {
    const VideoFacts facts = read_video(video, each);
    if (facts.damaged > 0)
        throw Error(video, "expected a whole video, found " + counted(facts.damaged, "piece") +
                               " of it damaged: its frames no longer fit the actions");
}

}  // namespace drift
