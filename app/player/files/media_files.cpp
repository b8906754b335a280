#include "player/files/media_files.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <system_error>

#include "core/error.h"
#include "core/files.h"
#include "core/names.h"
#include "files/folders.h"
#include "player/files/session_files.h"
#ifdef DRIFT_MEDIA
#include "media/carried.h"
#include "media/export.h"
#include "media/master.h"
#include "media/png.h"
#include "media/still.h"
#include "media/video.h"
#include "media/video_reader.h"
#endif

namespace drift {

namespace fs = std::filesystem;

fs::path screenshot_file(const View& view) {
    std::string name = view.world ? view.world->name : "driftscope";
    std::replace(name.begin(), name.end(), '/', '-');
    if (view.step) {
        name += '-';
        name += std::to_string(view.step->seed);
        name += '-';
        name += std::to_string(view.step->index);
    }
    return unused(made(pictures_folder()), name, ".png", "-");
}

fs::path recording_file(const std::string& world, const std::string& ending) {
    return unused(made(videos_folder()), dated(world), ending);
}

std::span<const ExportFormat> export_formats() {
    static constexpr ExportFormat formats[] = {{ExportKind::mp4, "MP4 video", ".mp4"},
                                               {ExportKind::gif, "GIF animation", ".gif"},
                                               {ExportKind::webp, "WebP animation", ".webp"},
                                               {ExportKind::webm, "WebM video", ".webm"},
                                               {ExportKind::pictures, "PNG pictures", ""}};
    return formats;
}

#ifdef DRIFT_MEDIA

bool export_clip(const fs::path& file, ExportKind kind, const ShotList& list,
                 const std::function<Shot(std::size_t)>& shot, const std::function<void(double)>& progress,
                 std::stop_token stop, const std::string& about,
                 const std::function<std::vector<std::uint8_t>(std::uint64_t)>& recipe) {
    ExportPlan plan;
    plan.comment = about, plan.carried = recipe;
    plan.file = file;
    switch (kind) {
        case ExportKind::mp4: plan.clip = ClipFormat::mp4; break;
        case ExportKind::gif: plan.clip = ClipFormat::gif; break;
        case ExportKind::webp: plan.clip = ClipFormat::webp; break;
        case ExportKind::webm: plan.clip = ClipFormat::webm; break;
        case ExportKind::pictures: plan.clip = std::nullopt; break;
    }
    plan.style.scale = std::max(1, 256 / std::max(1, list.width));
    return write_export(plan, list, shot, progress, stop);
}

void save_screenshot(const fs::path& file, const Frame& frame) { save_png(file, frame); }

Frame picture_in(const fs::path& png) {
    std::error_code error;
    return fs::exists(png, error) ? load_png(png, 4096) : Frame{};
}

void add_recipe(const fs::path& file, const Recipe& recipe) { carry(file, to_bytes(recipe), recipe.about); }

std::optional<Recipe> recipe_in(const fs::path& file) {
    const auto bytes = carried(file);
    if (!bytes) return std::nullopt;
    try {
        return recipe_of_bytes(*bytes);
    } catch (const Error& error) {
        throw Error(file, error.what());
    }
}

MediaLook look_into(const fs::path& file) {
    if (ending_of(file) == ".png" || ending_of(file) == ".webp") return {load_picture(file), 0, 0};
    VideoReader video(file);
    const VideoReader::Track& track = video.tracks().front();
    MediaLook look{{}, static_cast<std::uint64_t>(track.frames), video.seconds()};
    if (look.frames == 0) look.frames = static_cast<std::uint64_t>(std::llround(look.seconds * track.rate));
    video.seek(look.seconds / 2);
    auto shown = video.next();
    if (!shown) video.seek(0), shown = video.next();
    if (!shown) throw Error(file, "none of its frames can be shown: it is damaged, or was cut");
    look.picture = std::move(shown->frame);
    return look;
}

OpenTracks master_tracks() { return write_master; }

std::unique_ptr<TrackSource> stored_tracks(const fs::path& log) { return read_master_beside(log); }

int repair_recordings(const fs::path& folder) {
    int mended = 0;
    std::error_code error;
    for (const fs::path& file : names_in(folder)) {
        fs::path log = file;
        if (ending_of(log) != ".mkv" || !fs::is_regular_file(log.replace_extension(".driftlog"), error))
            continue;  // not one of ours
        try {
            mended += repair_master(file);
        } catch (const std::exception&) {
            // Nothing in it plays, or the disk fails: it stays as it is.
        }
    }
    return mended;
}

namespace {

class WindowVideo : public VideoSink {
public:
    // A graphics card's encoder costs the model nothing; those that are there and find no card do not open.
    WindowVideo(const fs::path& file, int width, int height, int rate)
        : writer_(file, width, height, rate,
                  {"h264_nvenc", "h264_qsv", "h264_amf", "h264_v4l2m2m", "libx264", "mpeg4"}) {}
    void add(const Frame& frame) override { writer_.add(frame); }
    void finish() override { writer_.finish(); }
    std::string encoder() const override { return writer_.encoder(); }

private:
    VideoWriter writer_;
};

}  // namespace

std::unique_ptr<VideoSink> window_video(const fs::path& file, int width, int height, int rate) {
    return std::make_unique<WindowVideo>(file, width, height, rate);
}

#else

constexpr const char* without = "this player was built without pictures (FFmpeg and libpng were not found)";
Frame picture_in(const fs::path&) { return {}; }

void save_screenshot(const fs::path& file, const Frame&) { throw Error(file, without); }
void add_recipe(const fs::path& file, const Recipe&) { throw Error(file, without); }
std::optional<Recipe> recipe_in(const fs::path& file) { throw Error(file, without); }
MediaLook look_into(const fs::path& file) { throw Error(file, without); }
OpenTracks master_tracks() { return {}; }
std::unique_ptr<TrackSource> stored_tracks(const fs::path&) { return nullptr; }
int repair_recordings(const fs::path&) { return 0; }
std::unique_ptr<VideoSink> window_video(const fs::path& file, int, int, int) { throw Error(file, without); }
bool export_clip(const fs::path& file, ExportKind, const ShotList&, const std::function<Shot(std::size_t)>&,
                 const std::function<void(double)>&, std::stop_token, const std::string&,
                 const std::function<std::vector<std::uint8_t>(std::uint64_t)>&) {
    throw Error(file, without);
}

#endif

}  // namespace drift
