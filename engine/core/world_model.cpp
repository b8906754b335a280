#include "core/world_model.h"

namespace drift {

void History::roll(int action, const Frame& frame) {
    frames.erase(frames.begin());
    frames.push_back(frame);
    actions.push_back(action);
    actions.erase(actions.begin());
}

void Beyond::roll_into(History& history) const {
    if (!low.empty() && !history.low.empty()) {
        history.low.erase(history.low.begin());
        history.low.push_back(low);
    }
    history.memory = memory;
    history.outcome = outcome;
}

}  // namespace drift
