// A session cut into clips to learn from: none goes over a place where play did not go on from what was seen before.
#pragma once

#include <optional>

#include "core/data_set.h"
#include "session/log/session_log.h"

namespace drift {

class ClipCutter {
public:
    // The next event and what came of it; `frame`: the one to learn, null where there is none (a lane that is not there in this step).
    // Returns the clip that has ended before it: where the session opened, went back, loaded or brought a lane back to the truth.
    std::optional<Clip> see(const LogEvent& event, const Step& step, const Frame* frame, bool rare_event);
    // What is still open. nullopt where nothing was played in it.
    std::optional<Clip> end();

private:
    Clip open_;
};

}  // namespace drift
