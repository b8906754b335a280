#include "session/log/clip_cutter.h"

#include <utility>

namespace drift {

std::optional<Clip> ClipCutter::see(const LogEvent& event, const Step& step, const Frame* frame, bool rare_event) {
    std::optional<Clip> ended;
    if (event.kind != LogEvent::Kind::played || !frame) ended = end();
    if (frame) open_.add(step.network_action, *frame, rare_event);
    return ended;
}

std::optional<Clip> ClipCutter::end() {
    Clip clip = std::exchange(open_, {});
    return clip.actions.empty() ? std::nullopt : std::optional(std::move(clip));
}

}  // namespace drift
