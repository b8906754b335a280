// A folder that a command writes to holds nothing of another kind: data sets, worlds and sweeps are told by what lies in their folder.
#pragma once

#include <filesystem>
#include <string>

namespace drift {

// `wanted`: what is to be written there, "a world". Throws Error where the folder is something else already.
void expect_no_other(const std::filesystem::path& folder, const std::string& wanted);

}  // namespace drift
