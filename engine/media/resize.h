// Pictures in another size.
#pragma once

#include "core/frame.h"

namespace drift {

// Each new pixel is the mean of the area that it covers where the picture gets smaller. `frame` must not be empty; width, height >= 1.
Frame resized(const Frame& frame, int width, int height);

}  // namespace drift
