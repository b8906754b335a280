// Keys from the UI thread to the step: a tap shorter than a step lands in exactly one step.
#pragma once

#include <cstdint>
#include <mutex>

#include "core/action.h"

namespace drift {

class KeyLatch {
public:
    static constexpr int buttons = 32;

    void press(int button) {
        std::lock_guard lock(mutex_);
        tapped_ |= bit(button) & ~held_;  // the system's key repeat is no new tap
        held_ |= bit(button);
    }
    void release(int button) {
        std::lock_guard lock(mutex_);
        held_ &= ~bit(button);
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
    // Shifting by 32 or more is undefined: a world with more actions than buttons loses the rest of them.
    static constexpr std::uint32_t bit(int button) { return button >= 0 && button < buttons ? 1u << button : 0u; }

    std::mutex mutex_;
    std::uint32_t held_ = 0;
    std::uint32_t tapped_ = 0;
};

}  // namespace drift
