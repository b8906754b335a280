// One measure of the drift over the frames: a line for each lane, marks where settings changed.
#pragma once

#include <algorithm>
#include <optional>
#include <utility>

#include <imgui.h>

#include "core/drift.h"
#include "player/view.h"

namespace drift {

// From positions of the history and values of the measure to the screen.
struct PlotAxes {
    ImVec2 from, to;     // of the inner rectangle
    double first, last;  // positions
    double low, high;    // values

    float x(double position) const {
        return from.x + static_cast<float>((position - first) / (last - first)) * (to.x - from.x);
    }
    float y(double value) const {
        return to.y - static_cast<float>(std::clamp((value - low) / (high - low), -0.1, 1.1)) * (to.y - from.y);
    }
    double position(float at) const {
        return first + static_cast<double>((at - from.x) / (to.x - from.x)) * (last - first);
    }
};

struct DriftPlot {
    const DriftMeasure* measure = nullptr;
    PlotAxes axes;
    bool hovered = false;
};

// Wheel zooms, a drag pans, a click goes to the frame, a double click follows the play again. nullopt: there is no room for it.
std::optional<DriftPlot> drift_plot(View& view, const DriftMeasure& measure, ImVec2 size);
// The positions that the plots show now.
std::pair<double, double> plot_span(const View& view);

}  // namespace drift
