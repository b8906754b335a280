// Bookmarks: steps to come back to, those of an earlier timeline too.
#pragma once

#include "player/view.h"

namespace drift {

// Of the step that is shown. `file`: where its moment is kept, for when its timeline is left behind.
void set_bookmark(View& view, const std::filesystem::path& file);
// Does it lie on the timeline that is played, so that one can go there and still come back?
bool on_timeline(const View& view, const Bookmark& mark);
// Along the timeline, or by the moment that was kept.
void go_to(View& view, const Bookmark& mark);

}  // namespace drift
