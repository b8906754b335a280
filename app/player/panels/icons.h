// Small pictures on buttons, drawn as lines and areas: no font of icons is needed, and they are sharp at any scale.
#pragma once

#include <imgui.h>

namespace drift {

enum class Icon {
    restart,
    next,
    rewind,
    play,
    pause,
    slow,
    turbo,
    truth,
    plots,
    film,
    record,
    camera,
    library,
    find,
    full_screen,
    window,
    help,
    settings
};

// Around a middle, within `r` to each side.
void draw_icon(ImDrawList& draw, Icon icon, ImVec2 middle, float r, ImU32 tone);

}  // namespace drift
