// What tests of the generation thread tell it.
#pragma once

#include "session/inbox.h"

namespace drift {

inline Controls turbo() {
    Controls controls;
    controls.speed = 0;
    return controls;
}

inline Controls paused() {
    Controls controls;
    controls.paused = true;
    return controls;
}

}  // namespace drift
