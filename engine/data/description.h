// data.toml: what a data set is of.
#pragma once

#include <filesystem>

#include "core/data_set.h"
#include "data/problems.h"

namespace drift {

inline constexpr const char* data_toml = "data.toml";

// A sentence on actions that no key stands for: they are learned, and nobody can press them. Empty where there are none.
std::string keyless_note(const ActionSpace& actions);
// All but the clips. What is wrong is added to `problems`, all of it, and left as it is in an empty DataSet.
DataSet read_description(const std::filesystem::path& file, Problems& problems);

}  // namespace drift
