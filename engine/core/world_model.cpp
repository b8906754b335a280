#include "core/world_model.h"

namespace drift {

void History::roll(int action, const Frame& frame) {
    frames.erase(frames.begin());
    frames.push_back(frame);
    actions.push_back(action);
    actions.erase(actions.begin());
}

}  // namespace drift
