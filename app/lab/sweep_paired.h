// Sweeps compared episode by episode.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "lab/sweep_files.h"

namespace drift {

// Prints each point's PSNR minus that of the point `against` names ("start_scale=1"), with intervals: a point of the sweep in `other`, over the same
// episodes, or, where that is empty, of the same one. Throws Error where they cannot be compared.
void print_paired(const std::vector<std::filesystem::path>& folders, const SweepPlan& plan,
                  const std::filesystem::path& other, const std::string& against);

}  // namespace drift
