// The drift of an export's lanes over its steps: a line for each, bright up to the present step.
#pragma once

#include "core/shot.h"
#include "media/canvas.h"

namespace drift {

class DriftChart {
public:
    DriftChart(const ShotList& list, double text_size);
    void draw(Canvas& canvas, const Area& area, std::size_t present) const;

private:
    const ShotList& list_;
    double size_;        // of its text
    double low_, high_;  // of the values
    double tick_;
};

}  // namespace drift
