#include "player/view.h"

namespace drift {

void View::forget_play() {
    step.reset();
    meters = {};
    history = {};
    bookmarks.clear();
    watch.reset();
    export_from.reset(), export_to.reset();
    ab = {};
    lanes = {Lane{}};
    chosen = main = 0;
    alone = -1;
    own_noise = rewinding = policy = upsampler_shown = false;
    openings.clear();
    plots.end.reset();
    plots.hidden.clear();
    std::erase_if(commands, [](const Command& command) { return command.kind != Command::Kind::open_world; });
}

}  // namespace drift
