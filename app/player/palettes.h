// The colours of each theme.
#pragma once

#include <array>

#include "core/colours.h"
#include "player/preferences.h"

namespace drift {

struct Tones {
    Colour back, panel, raised, hovered, line;  // surfaces, from the deepest up; `line` is the edge between them
    Colour popup;
    Colour text, muted;
    Colour accent, accent_deep;   // what is yours or alive; the same behind text
    Colour grabbed;               // of a slider's knob
    Colour amber, coral;          // warning, failure
    std::array<Colour, 4> lanes;  // by number: told apart by the colour-blind too (Okabe and Ito's hues)
    bool framed = false;          // fields and buttons have an edge, too
};

// The dark one is that of exports (core/colours.h).
const Tones& tones(Theme theme);

}  // namespace drift
