#include "core/world_model.h"

namespace drift {

void History::roll(ActionCode action, const Frame& frame, const Beyond& beyond) {
    frames.erase(frames.begin());
    frames.push_back(frame);
    actions.push_back(action);
    actions.erase(actions.begin());
    if (!low.empty()) {
        low.erase(low.begin());
        low.push_back(beyond.low);
    }
    memory = beyond.memory;
    outcome = beyond.outcome;
}

}  // namespace drift
