// The openings of a world without a game, to choose from.
#pragma once

#include "player/gl/texture_shelf.h"
#include "player/view.h"

namespace drift {

void opening_pictures(View& view, TextureShelf& shelf);

}  // namespace drift
