// A sweep's figures, drawn by gnuplot from a script and a data file that stay beside them.
#pragma once

#include <filesystem>
#include <string>

#include "lab/sweep_files.h"

namespace drift {

// figure.gp and figure.dat: a panel for each value of the second varied setting (and of the others), a line for each value of the first.
void write_figure_script(const std::filesystem::path& folder, const SweepPlan& plan, const SweepTable& table);

// Runs gnuplot on it, which writes figure.png and .svg (PSNR) and figure_objects.png and .svg. Returns why there are none, or not
// whole ones, or nothing.
std::string draw_figures(const std::filesystem::path& folder);

}  // namespace drift
