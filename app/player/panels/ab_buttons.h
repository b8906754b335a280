// The buttons A and B: the one that is lit is what plays and what the sliders change.
#pragma once

#include "player/view.h"

namespace drift {

void ab_buttons(View& view, float width, float gap);

}  // namespace drift
