#include "data/pictures.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "core/error.h"
#include "media/resize.h"
#include "media/still.h"
#include "media/video_reader.h"

namespace drift {

namespace fs = std::filesystem;

Frame read_picture(const fs::path& file) { return load_picture(file); }
Frame decode_jpeg(const std::string& bytes, const fs::path& name, int longest_side) {
    return decoded_jpeg(bytes, name, longest_side);
}
double video_rate(const fs::path& file) { return VideoReader(file).tracks().front().rate; }

VideoFacts read_video(const fs::path& file, const std::function<void(Frame)>& each) {
    VideoReader video(file);
    if (video.tracks().size() != 1)
        throw Error(file,
                    "expected a video with one track of pictures, found " + std::to_string(video.tracks().size()));
    VideoFacts facts;
    double first = 0, last = 0, shortest = std::numeric_limits<double>::infinity(), longest = 0;
    int count = 0;
    for (bool timed = true; auto picture = video.next(); ++count) {
        timed = timed && std::isfinite(picture->seconds);
        if (count == 0) first = picture->seconds;
        else if (timed)
            shortest = std::min(shortest, picture->seconds - last),
            longest = std::max(longest, picture->seconds - last);
        last = timed ? picture->seconds : first;
        each(std::move(picture->frame));
    }
    facts.rate = last > first ? (count - 1) / (last - first) : video.tracks().front().rate;
    if (last > first) facts.shortest = shortest, facts.longest = longest;
    facts.damaged = video.damaged();
    return facts;
}

std::string why_no_video(const fs::path& file) {
    try {
        VideoReader video(file);
        if (video.is_still()) return Error(file, "expected a video, found a single picture or a text").what();
        return video.next() ? "" : Error(file, "expected a video, found none of its pictures whole").what();
    } catch (const Error& error) {
        return error.what();
    }
}

Frame resized_picture(const Frame& frame, int width, int height) { return resized(frame, width, height); }

}  // namespace drift
