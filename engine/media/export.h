// A session as something to show: its steps drawn one after the other into a video, an animation or a folder of pictures.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/shot.h"
#include "media/board.h"
#include "media/clip_writer.h"

namespace drift {

struct ExportPlan {
    std::filesystem::path file;
    std::optional<ClipFormat> clip =
        ClipFormat::mp4;  // nullopt: `file` is a folder of pictures, one for each step: frame-000012.png
    bool over = false;    // what is there already is written over
    double speed = 1;     // of what moves, 0.01 to 100: above what the format can show, steps are left out
    BoardStyle style;
    std::vector<std::string> encoders;  // FFmpeg's names; empty: the format's own
    std::string comment = {};           // as ClipShape's; of pictures the text of each
    // What the picture of that step carries (carried.h), of a folder of pictures; nothing where it is empty.
    std::function<std::vector<std::uint8_t>(std::uint64_t step)> carried = {};
};

// How it goes, 0 to 1. Called from the thread that exports.
using ExportProgress = std::function<void(double)>;

// Throws Error where the file is there already and is not to be written over, or cannot be: what takes long asks before it begins.
void check_free(const ExportPlan& plan);

// `shot`: any of them, in any order, more than once. False where a stop was asked. Throws Error where the file cannot be written: nothing
// is left of it then, and what was there before is as it was.
bool write_export(const ExportPlan& plan, const ShotList& list, const std::function<Shot(std::size_t)>& shot,
                  const ExportProgress& progress, std::stop_token stop = {});

}  // namespace drift
