// How like a picture is to a game's own of the state that was read from it.
#pragma once

#include "core/frame.h"

namespace drift {

// dB. `OwnGame`: with set_state and render.
template <class OwnGame, class State>
double likeness_of(const Frame& picture, const State& read) {
    OwnGame nearest;
    nearest.set_state(read);
    Frame legal;
    nearest.render(legal);
    return psnr(picture, legal);
}

}  // namespace drift
