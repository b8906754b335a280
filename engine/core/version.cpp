#include "core/version.h"

#include "commit.h"  // made by every build (CMakeLists.txt); this file alone is compiled again when it changes

namespace drift {

std::string build_name() { return DRIFT_VERSION " (" DRIFT_COMMIT ")"; }

}  // namespace drift
