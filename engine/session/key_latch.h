// Keys from the UI thread to the step: a tap shorter than a step lands in exactly one step.
#pragma once

#include <cstdint>
#include <mutex>

#include "core/action.h"

namespace drift {

class KeyLatch {
public:
    void press(int button) {
        std::lock_guard lock(mutex_);
        std::uint32_t bit = 1u << button;
        tapped_ |= bit & ~held_;  // the system's key repeat is no new tap
        held_ |= bit;
    }
    void release(int button) {
        std::lock_guard lock(mutex_);
        held_ &= ~(1u << button);
    }
    void release_all() {
        std::lock_guard lock(mutex_);
        held_ = tapped_ = 0;
    }
    // The action of this step: keys tapped and let go since the last step come first, then what is held.
    Action take() {
        std::lock_guard lock(mutex_);
        std::uint32_t released = tapped_ & ~held_;
        tapped_ = 0;
        return {released != 0 ? released : held_};
    }

private:
    std::mutex mutex_;
    std::uint32_t held_ = 0;
    std::uint32_t tapped_ = 0;
};

}  // namespace drift
