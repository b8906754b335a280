// In a build without Cairo and libpng.
#include "core/error.h"
#include "lab/check_page.h"

namespace drift {

void save_check_page(const std::filesystem::path& path, const std::string&, const WorldCheck&) {
    throw Error(path, "cannot be written: this driftlab was built without Cairo and libpng, and draws no pictures");
}

}  // namespace drift
