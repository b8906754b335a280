// Where driftlab was built without media there are no pictures to export.
#include "core/error.h"
#include "lab/picture_export.h"

namespace drift {

void PictureExport::add(CLI::App&) {}
void PictureExport::expect_wanted() const {}
std::vector<ExportPlan> PictureExport::plans() const { return {}; }
void PictureExport::run(const std::filesystem::path&, const WorldOptions&) {
    throw Error("this driftlab was built without pictures (FFmpeg, libpng and Cairo were not found)");
}

}  // namespace drift
