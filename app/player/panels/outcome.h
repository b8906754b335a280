// What a world says of itself beside the picture, as rows of a panel.
#pragma once

#include "player/view.h"

namespace drift {

void outcome_rows(View& view);  // reward, return, end; its own player
void low_row(View& view);       // the small frame of a world with an upsampler, and its mouse

}  // namespace drift
