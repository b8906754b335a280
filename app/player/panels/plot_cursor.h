// The moment under the mouse: a line through all plots at once, and a table of what every lane measures there.
#pragma once

#include <span>

#include "player/panels/drift_plot.h"

namespace drift {

// After the plots are drawn. Nothing is drawn where the mouse is over none of them, or where nothing was played.
void plot_cursor(const View& view, std::span<const DriftPlot> plots);

}  // namespace drift
