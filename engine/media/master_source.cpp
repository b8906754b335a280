// A recording read again: its frames at the times at which they were added.
#include <cmath>

#include "core/error.h"
#include "media/master.h"
#include "media/video_reader.h"

namespace drift {
namespace {

class MasterSource : public TrackSource {
public:
    explicit MasterSource(const std::filesystem::path& file) : reader_(file), rate_(reader_.tracks().front().rate) {
        if (!(rate_ > 0)) throw Error(file, "expected a recording with its rate, found none");
    }

    std::optional<TrackPicture> next() override {
        for (;;) {
            auto picture = reader_.next();
            if (!picture) return std::nullopt;
            const VideoReader::Track& track = reader_.tracks()[picture->track];
            if (picture->frame.width != track.width || picture->frame.height != track.height ||
                !std::isfinite(picture->seconds))
                continue;  // none of ours
            auto at = std::llround(picture->seconds * rate_);
            if (at >= from_) return TrackPicture{picture->track, at, std::move(picture->frame)};
        }
    }

    void seek(std::int64_t at) override {
        from_ = at;
        reader_.seek((static_cast<double>(at) - 0.5) / rate_);  // Matroska's times are rounded to milliseconds
    }

private:
    VideoReader reader_;
    double rate_;
    std::int64_t from_ = 0;
};

}  // namespace

std::unique_ptr<TrackSource> read_master(const std::filesystem::path& file) {
    return std::make_unique<MasterSource>(file);
}

std::unique_ptr<TrackSource> read_master_beside(const std::filesystem::path& log) {
    std::filesystem::path file = log;
    file.replace_extension(".mkv");
    std::error_code error;
    return std::filesystem::is_regular_file(file, error) ? read_master(file) : nullptr;
}

}  // namespace drift
