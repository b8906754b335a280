// Looking closer with the mouse: zoom and pan of all pictures, the wipe's line, the loupe.
#pragma once

#include <imgui.h>

#include "player/gl/scene.h"
#include "player/view.h"

namespace drift {

// Of the last item, which covers a picture: the wheel zooms, a drag pans, a double click shows all of it again. True: the mouse did none of
// these, so a click is a click.
bool closer_by_mouse(View& view, ImVec2 from, ImVec2 to);
// The line of the wipe and the names at its sides, over its picture.
void wipe_line(View& view, ImVec2 from, ImVec2 to);
// Beside the mouse, while it is over a picture: that pixel in each of them, around it, and lately.
void loupe(const View& view, ImVec2 from, ImVec2 to);
// How far it is zoomed, and the way back.
void zoom_badge(View& view, const Box& picture);

}  // namespace drift
