// The film strip: what went into a frame, and x and D at every noise level on its way.
#pragma once

#include "player/gl/texture_shelf.h"
#include "player/view.h"

namespace drift {

void film_strip(View& view, TextureShelf& shelf);

}  // namespace drift
