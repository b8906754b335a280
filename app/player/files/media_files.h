// Pictures and videos that the player writes and reads: the one place that knows whether it was built with FFmpeg and libpng.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <stop_token>

#include "core/shot.h"
#include "core/tracks.h"
#include "player/view.h"
#include "session/log/recipe.h"
#include "session/log/recorder.h"

namespace drift {

// A new name in the user's pictures folder: world, seed, step.
std::filesystem::path screenshot_file(const View& view);
// Empty where there is none, or where this player was built without pictures. Throws Error where it is damaged.
Frame picture_in(const std::filesystem::path& png);
// Throws Error where it cannot be written, or where this player was built without pictures.
void save_screenshot(const std::filesystem::path& file, const Frame& frame);

// How it came to be, into a picture or an MP4, and out again: nullopt where it carries none. Throw Error.
void add_recipe(const std::filesystem::path& file, const Recipe& recipe);
std::optional<Recipe> recipe_in(const std::filesystem::path& file);

// A picture of a picture or a video, from its middle, and how long it is: 0 where it does not say, or stands still. Throws Error where nothing
// of it can be shown.
struct MediaLook {
    Frame picture;
    std::uint64_t frames = 0;
    double seconds = 0;
};
MediaLook look_into(const std::filesystem::path& file);

// A new name in the user's videos folder: date, time, world, then `ending`.
std::filesystem::path recording_file(const std::string& world, const std::string& ending);
// Opens masters; empty where this player was built without FFmpeg.
OpenTracks master_tracks();
// The frames that were recorded beside this log; null where there are none. Throws Error where they cannot be read.
std::unique_ptr<TrackSource> stored_tracks(const std::filesystem::path& log);
// Recordings in that folder that a crash or a full disk has cut get their index. What cannot be mended is left as it is. Returns how many were.
int repair_recordings(const std::filesystem::path& folder);

enum class ExportKind { mp4, gif, webp, webm, pictures };
struct ExportFormat {
    ExportKind kind;
    const char* name;    // for people
    const char* ending;  // of the file; pictures go into a folder
};
std::span<const ExportFormat> export_formats();
// Lanes and truth side by side with captions, keys, settings and the drift. `about`: how it was made, for people. `recipe`: what the picture of that step carries, where they are
// pictures. False where a stop was asked. Throws Error where it cannot be written.
bool export_clip(const std::filesystem::path& file, ExportKind kind, const ShotList& list,
                 const std::function<Shot(std::size_t)>& shot, const std::function<void(double)>& progress,
                 std::stop_token stop, const std::string& about = {},
                 const std::function<std::vector<std::uint8_t>(std::uint64_t step)>& recipe = {});

// A video of the window at `rate` frames a second, by the graphics card's encoder where there is one. Throws Error where none can be made.
class VideoSink {
public:
    virtual ~VideoSink() = default;
    virtual void add(const Frame& frame) = 0;  // throws Error
    virtual void finish() = 0;                 // throws Error
    virtual std::string encoder() const = 0;
};
std::unique_ptr<VideoSink> window_video(const std::filesystem::path& file, int width, int height, int rate);

}  // namespace drift
