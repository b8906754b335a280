// driftlab export's pictures: a session as videos, animations or a folder of PNG files.
#pragma once

#include <filesystem>
#include <vector>

#include "lab/options.h"
#include "media/export.h"
#include "session/reel.h"

namespace drift {

struct PictureExport {
    std::filesystem::path mp4, webm, gif, webp, png;
    ReelPlan reel;
    ExportPlan plan;         // what all of them have in common
    std::vector<int> lanes;  // counted from 1
    bool no_truth = false, no_captions = false, no_keys = false, no_settings = false, no_plot = false;

    std::vector<const CLI::Option*> shaping;  // those that say what the pictures are of and how they look

    void add(CLI::App& command);  // nothing where driftlab was built without media
    void expect_wanted() const;   // throws where something shapes pictures that are not asked for
    bool wanted() const { return !mp4.empty() || !webm.empty() || !gif.empty() || !webp.empty() || !png.empty(); }
    // One for each file that was asked for.
    std::vector<ExportPlan> plans() const;
    // All are of the same steps, which are dreamed once. Throws Error.
    void run(const std::filesystem::path& session, const WorldOptions& world);
};

}  // namespace drift
