// One measure of the drift over the steps: a line for each lane, marks where settings changed.
#pragma once

#include <utility>

#include <imgui.h>

#include "core/drift.h"
#include "player/view.h"

namespace drift {

// Wheel zooms, a drag pans, a click goes to the step, a double click follows the play again.
void drift_plot(View& view, const DriftMeasure& measure, ImVec2 size);
// The positions that the plots show now.
std::pair<double, double> plot_span(const View& view);

}  // namespace drift
