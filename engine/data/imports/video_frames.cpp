#include "data/imports/video_frames.h"

#include <string>

#include "core/error.h"
#include "data/pictures.h"

namespace drift {

void read_all_frames(const std::filesystem::path& video, const std::function<void(Frame)>& each) {
    const VideoFacts facts = read_video(video, each);
    if (facts.damaged > 0)
        throw Error(video, "expected a whole video, found " + std::to_string(facts.damaged) +
                               " pieces that cannot be decoded: its frames no longer fit the actions");
}

}  // namespace drift
