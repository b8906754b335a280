#include "data/pictures.h"

#include <string>

#include "core/error.h"
#include "media/png.h"
#include "media/resize.h"
#include "media/video_reader.h"

namespace drift {

Frame read_picture(const std::filesystem::path& file) { return load_png(file); }

void read_video(const std::filesystem::path& file, const std::function<void(Frame)>& each) {
    VideoReader video(file);
    if (video.tracks().size() != 1) throw Error(file, "expected a video with one track of pictures, found " + std::to_string(video.tracks().size()));
    while (auto picture = video.next()) each(std::move(picture->frame));
}

Frame resized_picture(const Frame& frame, int width, int height) { return resized(frame, width, height); }

}  // namespace drift
