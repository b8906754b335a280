// The list of worlds in the panel "World": a click opens one.
#pragma once

#include "player/view.h"

namespace drift {

void world_list(View& view);

}  // namespace drift
