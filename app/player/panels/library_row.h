// One thing of the library: its picture, what is known of it, and where the page stands on it the buttons for what can be done.
#pragma once

#include <optional>

#include "player/gl/texture_shelf.h"
#include "player/view.h"

namespace drift {

float library_row_height(float scale);

struct RowClick {
    bool chosen = false;
    std::optional<LibraryWish::Deed> deed;
};
// At the cursor, as wide as there is room.
RowClick library_row(View& view, const LibraryItem& item, bool chosen, TextureShelf& shelf);

}  // namespace drift
