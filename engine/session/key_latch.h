// Keys and mouse from the UI thread to the step: a tap shorter than a step lands in exactly one step, and no motion of a play that runs is lost.
#pragma once

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <deque>
#include <mutex>
#include <vector>

#include "core/action.h"

namespace drift {

class KeyLatch {
public:
    using Clock = std::chrono::steady_clock;
    static constexpr int buttons = 32;
    static constexpr auto recent = std::chrono::milliseconds(250);

    // Whose actions these are from now on: do several buttons count at once, and which of them exclude each other?
    void begin(const ActionSpace& actions) {
        std::lock_guard lock(mutex_);
        together_ = actions.kind != ActionSpace::Kind::one;
        rivals_.assign(actions.rivals().begin(), actions.rivals().end());
    }
    void press(int button) {
        std::lock_guard lock(mutex_);
        if (held_ & bit(button)) return;  // the system's key repeat is no new tap
        tapped_ |= bit(button);
        held_ |= bit(button);
        std::erase(pressed_, bit(button));
        pressed_.push_back(bit(button));
    }
    void release(int button) {
        std::lock_guard lock(mutex_);
        held_ &= ~bit(button);
    }
    // Adds to the motion of the step that comes.
    void move(double x, double y, Clock::time_point now = Clock::now()) {
        std::lock_guard lock(mutex_);
        forget(now);
        motion_.push_back({now, x, y});
    }
    // While the play stands still only recent motion is kept: a hand that moved the mouse meanwhile does not fling the view around later.
    void stand_still(bool still, Clock::time_point now = Clock::now()) {
        std::lock_guard lock(mutex_);
        forget(now);
        still_ = still;
    }
    void release_all() {
        std::lock_guard lock(mutex_);
        held_ = tapped_ = 0;
        motion_.clear();
        pressed_.clear();
    }
    // The action of this step. Of worlds that take one button at a time: keys tapped and let go since the last step come first, then what is
    // held. Of others: all of them, but of rivals the one that was pressed first.
    Action take(Clock::time_point now = Clock::now()) {
        std::lock_guard lock(mutex_);
        forget(now);
        std::uint32_t released = tapped_ & ~held_, wanted = together_ || released == 0 ? held_ | released : released, taken = 0;
        for (std::uint32_t button : pressed_) {
            bool beaten = std::any_of(rivals_.begin(), rivals_.end(), [&](std::uint32_t group) { return (group & button) && (group & taken); });
            if ((wanted & button) && !beaten) taken |= button;
        }
        double x = 0, y = 0;
        for (const Motion& motion : motion_) x += motion.x, y += motion.y;
        Action action{taken, whole(x), whole(y)};
        tapped_ = 0;
        motion_.clear();
        std::erase_if(pressed_, [&](std::uint32_t button) { return !(held_ & button); });
        return action;
    }

private:
    // Shifting by 32 or more is undefined: a world with more actions than buttons loses the rest of them.
    static constexpr std::uint32_t bit(int button) { return button >= 0 && button < buttons ? 1u << button : 0u; }
    void forget(Clock::time_point now) {
        while (still_ && !motion_.empty() && motion_.front().at + recent < now) motion_.pop_front();
    }
    static std::int16_t whole(double motion) { return static_cast<std::int16_t>(std::lround(std::clamp(motion, -32767.0, 32767.0))); }

    std::mutex mutex_;
    std::uint32_t held_ = 0;
    std::uint32_t tapped_ = 0;
    std::vector<std::uint32_t> pressed_;  // bits, in the order of pressing
    std::vector<std::uint32_t> rivals_;
    bool together_ = false;  // several buttons count at once
    struct Motion {
        Clock::time_point at;
        double x, y;
    };
    std::deque<Motion> motion_;  // since the last step
    bool still_ = false;
};

}  // namespace drift
