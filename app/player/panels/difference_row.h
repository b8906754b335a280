// How the difference of dream and truth is shown: its controls, its key and the legend of its colours.
#pragma once

#include "player/view.h"

namespace drift {

// Changes view.difference only. True: it was changed. `lanes`: there is more than one, so the main lane is something to compare with.
// Where there is no truth: the one picture that needs none.
void unsure_toggle(View& view);
bool difference_row(View& view, bool lanes = false);
// The key: the next mode, and says which.
void cycle_difference(View& view);
// In the caption's line between x and `right`, whose text begins at `top`: what the colours mean. Returns where it begins: `right` where
// there is nothing to say or no room.
float difference_legend(const View& view, float x, float right, float top);

}  // namespace drift
