// Other programs of this computer.
#pragma once

#include <string>

namespace drift {

// Is there one of that name along PATH?
bool is_installed(const std::string& program);

}  // namespace drift
