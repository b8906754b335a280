// A page over the picture, as the help is one: the rest of the window is dimmed, and the game waits (View::waits).
#pragma once

#include "player/layout.h"
#include "player/view.h"

namespace drift {

// Begins a window in the middle, no larger than `widest` and `tallest` (in units at scale 1), with its name as a heading; what comes next stands beside the
// heading. True in the first picture after it was opened: what was typed into it last time goes.
bool begin_page(const View& view, const char* name, float widest, const Box& window, float tallest = 780);
// Ends it. True: it is to close, by a click elsewhere or, where `escapes`, by Escape.
bool end_page(const View& view, bool escapes = true);

}  // namespace drift
