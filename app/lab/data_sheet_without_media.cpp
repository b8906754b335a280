// data_sheet.h for a build without media.
#include "core/error.h"
#include "lab/data_sheet.h"

namespace drift {

std::vector<SheetRow> sheet_rows(const DataSetReading&) { return {}; }
void save_data_sheet(const std::filesystem::path& png, const DataSetReading&, const std::vector<SheetRow>&) {
    throw Error(png, "cannot be written: this driftlab was built without media");
}

}  // namespace drift
