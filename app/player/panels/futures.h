// The fan of futures: what may come of the moment that is shown, eight noises apart.
#pragma once

#include "player/gl/texture_shelf.h"
#include "player/view.h"

namespace drift {

// Opens it, with futures of the moment that is shown; the play stands still then.
void imagine_futures(View& view);
void futures(View& view, TextureShelf& shelf);

}  // namespace drift
