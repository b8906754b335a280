// Which Driftscope this is: what --version prints, and what logs, states and recordings carry.
#pragma once

#include <string>

namespace drift {

// "0.1 (1b2692e0fb6c)": the version, and the commit of the source folder when it was built; "-dirty" after it where files differed from the
// commit, "unknown" where the folder is no repository.
std::string build_name();

}  // namespace drift
